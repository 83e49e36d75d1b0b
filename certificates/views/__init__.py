"""What people see of certificates: the holder, and whoever has the paper in hand."""
