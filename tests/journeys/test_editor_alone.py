"""An editor alone: a course, every block, a case, written in the browser by links."""

import io
from os import urandom

from PIL import Image

from tests.journeys.desk import CAPTIONS, Desk

COURSE, CODE = "Señales en la frontera", "FRO-1"
MODULE = "Antes de la ventanilla"
SCORES = ("Seguridad", "Legalidad", "Dignidad", "Prueba", "Coordinación")
FILE = "Seleccionar un documento"


def picture() -> dict:
    content = io.BytesIO()
    Image.frombytes("RGB", (9, 6), urandom(162)).resize((900, 600)).save(content, "PNG")
    return {
        "name": "paso.png",
        "mimeType": "image/png",
        "buffer": content.getvalue(),
    }


def captions() -> dict:
    return {"name": "aviso.vtt", "mimeType": "text/vtt", "buffer": CAPTIONS}


def write_the_course(desk: Desk) -> None:
    with desk.at_most(8):
        desk.go("Curso nuevo")
        desk.fill("Título", COURSE)
        desk.fill("Código", CODE)
        desk.fill("Resumen", "Qué mirar en un paso fronterizo y a quién avisar.")
        desk.fill("A quién se dirige", "Personal de migración")
        desk.first_point("Ver las señales", within="Resultados de aprendizaje*")
        desk.fill("Emitido por", "Secretaría de prueba")
        desk.save("Guardar borrador")


def write_a_module(desk: Desk, title: str) -> None:
    desk.add("Página de módulo")
    desk.fill("Título", title)
    desk.fill("Resumen", "Lo que se ve y lo que se pregunta.")
    desk.save()


def write_the_lesson(desk: Desk, module: str) -> None:
    """Every block; stopped while a picture has no text and a question no key."""
    before = desk.clicks
    desk.go(f"Añadir página hija a '{module}'")
    desk.go("Página de lección")
    desk.fill("Título", "Tres señales")
    desk.fill("Resumen", "Lo que una señal dice y lo que no dice.")
    desk.first_point("Nombrar tres señales", within="Objetivos*")
    body = "Texto*"
    text = desk.panel(body).get_by_role("region", name="Texto").first
    desk.write("Una señal sola no prueba nada.", within=text)
    note = desk.block("Tenga en cuenta", within=body)
    desk.write("No pregunte delante de quien acompaña.", within=note)
    steps = desk.block("Pasos", within=body)
    desk.fill_each("Paso*", ["Mirar", "Separar", "Avisar"], within=steps)
    desk.fill_each("Texto*", ["Con calma.", "A solas.", "Pronto."], within=steps)
    table = desk.block("Tabla simple", within=body)
    desk.fill("Leyenda", "Qué dice cada señal", within=table)
    cells = ["Señal", "Dice", "Papeles ajenos", "Alguien decide"]
    desk.fill_each("Texto", cells, within=table)
    image = desk.block("Imagen", within=body)
    desk.upload(image, "Seleccionar una imagen", "Un paso fronterizo", picture())
    film = desk.block("Video o audio", within=body)
    desk.upload(film, FILE, "El aviso", desk.film())
    desk.upload(film, FILE, "Subtítulos del aviso", captions())
    desk.fill("Título", "A quién avisar", within=film)
    desk.write("Se avisa primero a la autoridad de protección.", within=film)
    check = desk.block("Compruebe lo aprendido", within=body)
    desk.fill("Pregunta", "¿Qué prueba una señal sola?", within=check)
    desk.fill_each("Respuesta*", ["Todo", "Nada", "La edad"], within=check)
    desk.fill_each("Explicación*", ["No.", "Así es.", "Tampoco."], within=check)
    country = desk.block("En su país", within=body)
    desk.pick("Tema", "Deber de denunciar", within=country)
    eight = desk.clicks - before

    document = desk.block("Documento", within=body)
    content = {"name": "lista.csv", "mimeType": "text/csv", "buffer": b"a,b\n"}
    desk.upload(document, FILE, "Lista", content)
    desk.fill("Título", "Lista para llevar", within=document)

    desk.save()
    desk.says("La página no se pudo guardar porque hay errores.")
    desk.says("Diga qué muestra la imagen o márquela como decoración.")
    desk.says("Marque exactamente una respuesta como correcta.")
    there = desk.panel(body)
    image = there.get_by_role("region", name="Imagen Un paso fronterizo")
    desk.fill("Texto alternativo", "Un paso fronterizo visto de lejos", within=image)
    check = there.get_by_role("region", name="Compruebe lo aprendido").first
    before = desk.clicks
    desk.click(check.get_by_role("checkbox", name="Correcta").nth(1))
    desk.save()
    desk.says("Página 'Tres señales' ha sido publicada.")
    assert eight + desk.clicks - before <= 25


def write_the_case(desk: Desk) -> None:
    """Two steps; stopped while nothing leads to the second."""
    body = "Pasos y balance*"
    with desk.at_most(18):
        desk.add("Página de caso")
        desk.fill("Título", "La joven del autobús")
        desk.fill("Resumen", "Un viaje de noche, y una acompañante que contesta.")
        desk.fill("Función de quien trabaja", "inspección de trabajo")
        for number in (1, 2):
            step = desk.panel(body).get_by_role("region", name=f"Paso {number}")
            desk.fill("Encabezado", f"Momento {number}", within=step)
            desk.fill("Hechos", "Contesta siempre la acompañante.", within=step)
            options = [f"Hablar a solas {number}", f"Preguntar ahí mismo {number}"]
            desk.fill_each("Qué se decide*", options, within=step)
            follows = ["Ella puede hablar.", "Ella calla."]
            desk.fill_each("Qué sigue*", follows, within=step)
            desk.fill_each("Norma", ["Protocolo de Palermo, art. 6"] * 2, within=step)
            for score in SCORES:
                desk.fill_each(score, ["2", "0"], within=step, role="spinbutton")
        desk.pick("Sigue en el paso", "El", within=desk.panel(body))
        balance = desk.panel(body).get_by_role("region", name="Balance")
        desk.fill("Encabezado", "A solas", within=balance)
        desk.fill("Texto", "Quien acompaña puede mandar.", within=balance)
        desk.save()
        desk.says("Paso 2: ninguna función llega a él.")
        first = desk.panel(body).get_by_role("region", name="Paso 1")
        desk.pick("Sigue en el paso", "2", within=first)
        desk.save()
        desk.says("Página 'La joven del autobús' ha sido publicada.")


def test_a_course_is_written_in_the_browser_within_its_clicks(walk):
    page = walk(width=1280)
    page.follow("Sign in")
    page.sign_in("elena@demo.example")
    desk = Desk(page.page)

    write_the_course(desk)
    write_a_module(desk, MODULE)
    write_the_lesson(desk, MODULE)
    desk.up_to(COURSE)
    write_the_case(desk)

    assert page.violations == []
