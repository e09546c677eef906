"""Lets unit_files_events write into a folder."""
import os
import shutil
import subprocess
import sys

subprocess.run([os.path.join(os.path.dirname(shutil.which("nnlc")), "unit", "unit_files_events"), sys.argv[1]],
               check=True)
