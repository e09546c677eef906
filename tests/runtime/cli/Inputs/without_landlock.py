"""Runs a command on a kernel whose Landlock fails: its first system call gives the error.

    without_landlock.py ERROR COMMAND [ARGUMENT ...]      ERROR: ENOSYS, EOPNOTSUPP"""
import ctypes
import errno
import os
import struct
import sys

CREATE_RULESET = 444
SET_SECCOMP, FILTER, NO_NEW_PRIVS = 22, 2, 38
ALLOW, ERRNO = 0x7FFF0000, 0x00050000


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_void_p)]


def main():
    number = getattr(errno, sys.argv[1])
    steps = b"".join(struct.pack("HBBI", *step) for step in (
        (0x20, 0, 0, 0),                    # the number of the call
        (0x15, 0, 1, CREATE_RULESET),
        (0x06, 0, 0, ERRNO | number),
        (0x06, 0, 0, ALLOW)))
    kept = ctypes.create_string_buffer(steps, len(steps))
    program = Program(len(steps) // 8, ctypes.addressof(kept))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(SET_SECCOMP, FILTER, ctypes.byref(program), 0, 0):
        sys.exit("cannot set the filter")
    os.execvp(sys.argv[2], sys.argv[2:])


main()
