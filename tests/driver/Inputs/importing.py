"""Prints a program with its first Dense taken from a block of parts.nn.

    importing.py PROGRAM.nn"""
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    text = file.read()
print('import "parts.nn"\n' + text.replace("    Dense(units, activation=relu)\n", "    hidden(units)\n"))
