"""Draws the pictures of docs/course.md again, after a change of what pictures look like.

    python3 tests/docs/Inputs/course_pictures.py build/dev/nnlc"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
nnlc = os.path.abspath(sys.argv[1])
with open(os.path.join(root, "docs", "course.md"), encoding="utf-8") as page:
    text = page.read()
with tempfile.TemporaryDirectory() as folder:
    for program in re.findall(r"^\$ nnlc run (examples/course/\S+)$", text, re.M):
        subprocess.run([nnlc, "run", os.path.join(root, program)], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    for picture in re.findall(r"\(pictures/(course/\S+\.svg)\)", text):
        shutil.copyfile(os.path.join(folder, os.path.basename(picture)), os.path.join(root, "docs", "pictures", picture))
