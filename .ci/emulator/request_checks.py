#!/usr/bin/env python3
"""Holds explained requests against botocore's service model.

usage: outcrop explain --format json | request_checks.py

Reads explanations from stdin, one after the other or in arrays. Every body must have members, types and
limits that the model of ConverseStream knows, and its path must be the one botocore would build.
Prints what differs and a summary; exits 1 when something does.
"""

import json
import re
import sys
import urllib.parse

import botocore.session
from botocore.validate import ParamValidator

OPERATION = (
    botocore.session.get_session()
    .get_service_model("bedrock-runtime")
    .operation_model("ConverseStream")
)


def limits(shape, value, path):
    """What botocore leaves to the service: unknown members, upper limits, enumerations, patterns."""
    kind = shape.type_name
    if getattr(shape, "is_document_type", False) and shape.is_document_type:
        return
    if kind == "structure":
        for name, member in value.items():
            if name not in shape.members:
                yield f"{path}.{name}: unknown member"
            else:
                yield from limits(shape.members[name], member, f"{path}.{name}")
    elif kind == "list":
        for position, item in enumerate(value):
            yield from limits(shape.member, item, f"{path}[{position}]")
    bounds = shape.metadata
    size = value if kind in ("integer", "long", "float", "double") else None
    size = len(value) if kind in ("string", "list", "map") else size
    if size is not None and size > bounds.get("max", size):
        yield f"{path}: {size} is above {bounds['max']}"
    if kind == "string" and getattr(shape, "enum", None) and value not in shape.enum:
        yield f"{path}: {value!r} is none of {shape.enum}"
    if kind == "string" and "pattern" in bounds and not re.fullmatch(bounds["pattern"], value):
        yield f"{path}: {value!r} does not match {bounds['pattern']}"


def problems(explanation):
    request = {"modelId": explanation["model_id"], **explanation["request"]}
    report = ParamValidator().validate(request, OPERATION.input_shape)
    yield from report.generate_report().splitlines()
    yield from limits(OPERATION.input_shape, request, "$")
    path = f"/model/{urllib.parse.quote(explanation['model_id'], safe='')}/converse-stream"
    if explanation["http"]["path"] != path:
        yield f"path {explanation['http']['path']} is not {path}"


def explanations(text):
    """What stands in a text of JSON values, which may have line breaks inside."""
    decoder, text = json.JSONDecoder(), text.strip()
    while text:
        read, end = decoder.raw_decode(text)
        text = text[end:].lstrip()
        yield from read if isinstance(read, list) else [read]


def main():
    checked, wrong = 0, 0
    for explanation in explanations(sys.stdin.read()):
        checked += 1
        for problem in problems(explanation):
            wrong += 1
            print(f"{explanation['model']}: {problem}")
    print(f"{checked} requests, {wrong} problems")
    return 1 if wrong or not checked else 0


if __name__ == "__main__":
    sys.exit(main())
