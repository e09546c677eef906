"""Runs a command with a terminal as its three streams and prints what that got.

    on_terminal.py [--columns=N] COMMAND [ARGUMENT ...]

Line ends are those of a terminal, "\\r\\n"; the status of the command is not kept."""
import fcntl
import os
import struct
import subprocess
import sys
import termios


def run(command, columns):
    """The bytes that a terminal of so many columns gets from the command."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs,
                          start_new_session=True) as child:
        os.close(theirs)
        got = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:         # Linux: the other side is closed
                break
            if not part:
                break
            got += part
        child.wait()
    os.close(ours)
    return got


def main():
    words, columns = sys.argv[1:], 80
    if words[0].startswith("--columns="):
        columns = int(words.pop(0).partition("=")[2])
    sys.stdout.buffer.write(run(words, columns))


if __name__ == "__main__":
    main()
