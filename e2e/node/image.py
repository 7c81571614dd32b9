#!/usr/bin/env python3
"""Looks into an image's archive (docker save's form): says what is wrong with it, and ends with 1 if anything is.
An image holds no shell, runs as nobody's root, and no library that it starts with is for another machine."""
import io
import json
import re
import sys
import tarfile

SHELL = re.compile(r"(^|/)(s?bin)/(sh|bash|dash|ash|zsh|ksh|busybox|toybox)$")
FOREIGN = re.compile(r"^app/lib/.*-(linux-aarch_64|osx-[a-z0-9_]+|windows-[a-z0-9_]+)\.jar$")


def layers(archive, names):
    for name in names:
        content = io.BytesIO(archive.extractfile(name).read())
        with tarfile.open(fileobj=content, mode="r:*") as layer:
            yield from layer.getnames()


with tarfile.open(sys.argv[1]) as image:
    manifest = json.load(image.extractfile("manifest.json"))[0]
    user = json.load(image.extractfile(manifest["Config"]))["config"].get("User", "")
    files = [name.lstrip("./") for name in layers(image, manifest["Layers"])]

wrong = [f"a shell: {name}" for name in files if SHELL.search(name)]
wrong += [f"a library for another machine: {name}" for name in files if FOREIGN.search(name)]
if user.split(":")[0] != "65532":
    wrong.append(f"it runs as {user or 'root'}")
for problem in wrong:
    print(problem)
sys.exit(1 if wrong else 0)
