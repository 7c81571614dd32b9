#!/usr/bin/env python3
"""Reads samples/cluster/service-account as kubectl prints it (JSON) and prints what to apply:
  agent.py account            the ServiceAccount and the MachineToken, as they are
  agent.py job NAME AUDIENCE  the Job with another name and audience; of its container only the program is another one: it
                              calls without end, reading the token's file for each call, and it is on the node"""
import json
import sys


def objects(text):
    decoder, at = json.JSONDecoder(), 0
    while text[at:].strip():
        at += len(text[at:]) - len(text[at:].lstrip())
        found, at = decoder.raw_decode(text, at)
        yield from found["items"] if found["kind"] == "List" else [found]


def job(found, name, audience):
    found["metadata"]["name"] = name
    pod = found["spec"]["template"]["spec"]
    container = pod["containers"][0]
    mount = container["volumeMounts"][0]
    container.update(
        image="localhost/keyfront-test:e2e",
        imagePullPolicy="Never",
        command=["/opt/java/bin/java", "@/app/java.args", "io.keyfront.testkit.load.LoadMain"],
        env=[
            {"name": "OPENAI_BASE_URL", "value": "http://keyfront.keyfront.svc:8787/openai/v1"},
            {"name": "LOAD_TOKEN_FILE", "value": mount["mountPath"] + "/token"},
            {"name": "LOAD_CLIENTS", "value": "2"},
            {"name": "LOAD_MODEL", "value": "mock"},
        ],
        resources={},
    )
    container["volumeMounts"].append({"name": "tmp", "mountPath": "/tmp"})
    pod["terminationGracePeriodSeconds"] = 1
    pod["volumes"].append({"name": "tmp", "emptyDir": {}})
    for volume in pod["volumes"]:
        for source in volume.get("projected", {}).get("sources", []):
            source["serviceAccountToken"]["audience"] = audience
    return found


found = list(objects(sys.stdin.read()))
jobs = [one for one in found if one["kind"] == "Job"]
if sys.argv[1] == "account":
    items = [one for one in found if one["kind"] != "Job"]
else:
    items = [job(jobs[0], *sys.argv[2:])]
print(json.dumps({"apiVersion": "v1", "kind": "List", "items": items}))
