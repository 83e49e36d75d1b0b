"""What does Lighthouse say? Only where Node is at hand; it is no part of the gate."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from lms.bench.chromium import Chromium, Screen, executable

VERSION = "13"
SCORES = ("performance", "accessibility", "best-practices", "seo")
PATIENCE = 180


def command(folder: Path) -> Path | None:
    """Return Lighthouse, brought here by npm if need be; None if it cannot be."""
    found = folder / "node_modules" / ".bin" / "lighthouse"
    npm = shutil.which("npm")
    if not found.exists() and npm and shutil.which("node"):
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(  # noqa: S603 - a package of that name and version
            [npm, "install", "--no-audit", "--no-fund", f"lighthouse@{VERSION}"],
            cwd=folder,
            check=False,
            capture_output=True,
            timeout=PATIENCE,
        )
    return found if found.exists() else None


def scores(
    lighthouse: Path, chromium: Chromium, screen: Screen, folder: Path
) -> dict[str, int] | None:
    """Return the scores of a screen, None when Lighthouse does not end well."""
    report, headers = folder / "report.json", folder / "headers.json"
    cookies = "; ".join(f"{name}={value}" for name, value in screen.cookies.items())
    headers.write_text(json.dumps({"Cookie": cookies} if cookies else {}))
    done = subprocess.run(  # noqa: S603 - see above
        [
            str(lighthouse),
            f"{chromium.address}{screen.paths['es']}",
            "--quiet",
            "--output=json",
            f"--output-path={report}",
            f"--chrome-path={executable()}",
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
            f"--extra-headers={headers}",
            "--only-categories=" + ",".join(SCORES),
        ],
        env=os.environ | {"CHROME_PATH": executable()},
        check=False,
        capture_output=True,
        timeout=PATIENCE,
    )
    if done.returncode or not report.exists():
        return None
    found = json.loads(report.read_text())["categories"]
    return {name: round(100 * (found[name]["score"] or 0)) for name in SCORES}
