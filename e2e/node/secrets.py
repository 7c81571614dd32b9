#!/usr/bin/env python3
"""What must not be seen anywhere, a line each.
  secrets.py         reads a list of Secrets as JSON and prints each value that is a secret: keys, tokens and passwords
  secrets.py forms   reads such lines and prints each as it is, and as it looks inside of a longer text in Base64"""
import base64
import json
import sys

SHORTEST = 12


def private_parts(text):
    """Of a set of keys (RFC 7517): what is secret in it."""
    try:
        keys = json.loads(text)["keys"]
        return [key["d"] for key in keys if "d" in key]
    except (ValueError, TypeError, KeyError):
        return []


def values(secret):
    for value in (secret.get("data") or {}).values():
        text = base64.b64decode(value).decode("utf-8", "replace").strip()
        yield from private_parts(text)
        if len(text) >= SHORTEST and "\n" not in text and not text.startswith("http"):
            yield text


def encoded(data):
    """In Base64 behind no, one or two other bytes, without the characters that its neighbours have a part in."""
    for before in range(3):
        whole = (before + len(data)) // 3 * 4
        text = base64.b64encode(b"\0" * before + data)[: whole].decode()[(before * 8 + 5) // 6 :]
        if len(text) >= SHORTEST:
            yield text
            yield text.replace("+", "-").replace("/", "_")


def main():
    if sys.argv[1:] == ["forms"]:
        for line in sys.stdin:
            text = line.rstrip("\n")
            print(text)
            print(*sorted(set(encoded(text.encode()))), sep="\n")
        return
    for secret in json.load(sys.stdin)["items"]:
        kind = secret.get("type", "")
        if not kind.startswith("helm.sh/") and kind not in ("kubernetes.io/tls", "keyfront.io/snapshot"):
            for value in values(secret):
                print(value)


main()
