"""Draws random figures and reads each .svg as XML: names of elements, no file from elsewhere, texts that are there."""
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree

PROGRAM = os.path.join(os.path.dirname(shutil.which("nnlc")), "unit", "unit_plot")
KNOWN = {"svg", "style", "rect", "path", "text", "image"}


def check(path):
    for element in xml.etree.ElementTree.parse(path).iter():
        name = element.tag.replace("{http://www.w3.org/2000/svg}", "")
        if name not in KNOWN:
            sys.exit(f"{path}: what is <{name}>?")
        link = element.get("{http://www.w3.org/1999/xlink}href", "data:")
        if not link.startswith("data:"):
            sys.exit(f"{path}: it needs {link}")


def main():
    folder, count = sys.argv[1], sys.argv[2]
    os.makedirs(folder, exist_ok=True)
    subprocess.run([PROGRAM, "--random", count, folder], check=True)
    paths = [os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".svg")]
    for path in paths + [os.path.join(sys.argv[3], name) for name in os.listdir(sys.argv[3]) if name.endswith(".svg")]:
        check(path)
    print(len(paths), "random pictures are well formed")


main()
