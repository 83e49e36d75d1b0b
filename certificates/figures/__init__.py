"""How does the region stand, in figures that tell nothing about anybody?"""
