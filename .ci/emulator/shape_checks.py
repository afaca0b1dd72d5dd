#!/usr/bin/env python3
"""Holds a running emulator's shapes against botocore's service model, member by member.

usage: shape_checks.py ENDPOINT        for instance http://127.0.0.1:4570

Walks the request of Converse and of ConverseStream as botocore knows it. Every member must be known
to the emulator, and every limit, enumeration, pattern and requirement must be one that it holds
requests to. Prints one line a member that differs and a summary; exits 1 when one does.
"""

import base64
import copy
import json
import sys
import urllib.error
import urllib.request

import botocore.session

MODEL_ID = "us.anthropic.claude-opus-5"
# What the emulator says when a request is not of the model's shape.
SHAPE_REFUSALS = (
    "extraneous key",
    "Unexpected field type",
    "validation error",
    "must set one of the following keys",
    "must set only one of the following keys",
)
# A text for each pattern that plain letters do not match.
EXAMPLES = {
    "S3Uri": "s3://bucket/key",
    "AccountId": "123456789012",
    "GuardrailVersion": "DRAFT",
}


def is_document(shape):
    return getattr(shape, "is_document_type", False)


def wire_name(name, member):
    return member.serialization.get("name", name)


def minimal(shape):
    """The smallest value of a shape."""
    low = shape.metadata.get("min", 0)
    if shape.type_name == "structure":
        if is_document(shape):
            return {}
        names = list(shape.required_members)
        if getattr(shape, "is_tagged_union", False):
            names = [next(iter(shape.members))]
        return {
            wire_name(name, shape.members[name]): minimal(shape.members[name])
            for name in names
            if shape.members[name].serialization.get("location") is None
        }
    if shape.type_name == "list":
        return [minimal(shape.member)] * low
    if shape.type_name == "map":
        return {minimal(shape.key) + str(number): minimal(shape.value) for number in range(low)}
    if shape.type_name == "string":
        return (getattr(shape, "enum", None) or [EXAMPLES.get(shape.name, "a" * max(low, 1))])[0]
    if shape.type_name == "blob":
        return base64.b64encode(b"a" * max(low, 1)).decode()
    return {"boolean": True, "integer": low, "long": low, "float": low, "double": low}[shape.type_name]


def violations(shape):
    """Values that break the shape, each with what it breaks."""
    data = shape.metadata
    low, high = data.get("min"), data.get("max")
    if shape.type_name == "string":
        yield "type", 5
        if low:
            yield "min", ""
        if high is not None:
            yield "max", "a" * (high + 1)
        if data.get("pattern"):
            yield "pattern", "!\u00e9 "
        if getattr(shape, "enum", None):
            yield "enum", "no such value"
    elif shape.type_name in ("integer", "long", "float", "double"):
        yield "type", "5"
        if low is not None:
            yield "min", low - 1
        if high is not None:
            yield "max", high + 1
    elif shape.type_name == "list":
        yield "type", {}
        if low:
            yield "min", []
        if high is not None:
            yield "max", [minimal(shape.member)] * (high + 1)
    elif shape.type_name == "map":
        yield "type", []
        if low:
            yield "min", {}
        if high is not None:
            yield "max", {f"a{number}": minimal(shape.value) for number in range(high + 1)}
    elif shape.type_name == "boolean":
        yield "type", "true"
    elif shape.type_name == "blob":
        yield "type", "%"
        if low:
            yield "min", ""
    elif not is_document(shape):
        yield "type", []
        yield "unknown", {**minimal(shape), "noSuchMember": 1}
        if getattr(shape, "is_tagged_union", False):
            yield "union", {}
        for name in shape.required_members:
            member = shape.members[name]
            if member.serialization.get("location") is None:
                yield f"required {name}", {
                    key: value for key, value in minimal(shape).items() if key != wire_name(name, member)
                }


class Walk:
    def __init__(self, endpoint, operation, action):
        self.url = f"{endpoint.rstrip('/')}/model/{MODEL_ID}/{action}"
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        self.operation, self.checked, self.failed = operation, 0, 0

    def refusal(self, body):
        """The message of a refusal for the request's shape, or None."""
        headers = {"Authorization": "Bearer outcrop-local", "Content-Type": "application/json"}
        request = urllib.request.Request(self.url, json.dumps(body).encode(), headers)
        try:
            with self.opener.open(request) as reply:
                reply.read()
        except urllib.error.HTTPError as error:
            message = json.loads(error.read()).get("message", "")
            if any(part in message for part in SHAPE_REFUSALS):
                return message
        return None

    def expect(self, path, what, body, refused):
        message = self.refusal(body)
        self.checked += 1
        if (message is not None) != refused:
            self.failed += 1
            wanted = "should be refused" if refused else f"should be known: {message}"
            print(f"FAILED  {self.operation} {path} {what}: {wanted}")

    def walk(self, shape, path, wrap, above=()):
        """Checks a shape at a place; `wrap` puts a value there in an otherwise right request."""
        self.expect(path, "is known", wrap(minimal(shape)), refused=False)
        for what, value in violations(shape):
            self.expect(path, what, wrap(value), refused=True)
        if shape.name in above or is_document(shape):
            return
        above = above + (shape.name,)
        if shape.type_name == "structure":
            union = getattr(shape, "is_tagged_union", False)
            for name, member in shape.members.items():
                if member.serialization.get("location") is not None:
                    continue
                key = wire_name(name, member)

                def inner(value, key=key):
                    base = {} if union else copy.deepcopy(minimal(shape))
                    return wrap({**base, key: value})

                self.walk(member, f"{path}.{key}", inner, above)
        elif shape.type_name == "list":
            self.walk(shape.member, f"{path}[]", lambda value: wrap([value]), above)
        elif shape.type_name == "map":
            self.walk(shape.value, f"{path}.*", lambda value: wrap({"a": value}), above)
            for what, key in violations(shape.key):
                if isinstance(key, str):
                    self.expect(path, f"key {what}", wrap({key: minimal(shape.value)}), refused=True)


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    service = botocore.session.get_session().get_service_model("bedrock-runtime")
    failed = 0
    for operation, action in [("Converse", "converse"), ("ConverseStream", "converse-stream")]:
        walk = Walk(sys.argv[1], operation, action)
        walk.walk(service.operation_model(operation).input_shape, "$", lambda value: value)
        print(f"{operation}: {walk.checked} checked, {walk.failed} failed")
        failed += walk.failed
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
