"""Reading a stream of ConverseStream with botocore's parser, and putting it together."""

import json

import botocore.session
from botocore.eventstream import EventStreamBuffer
from botocore.parsers import EventStreamJSONParser


def parse_stream(data):
    """Events of a stream, and what is wrong with its framing, headers or payloads."""
    shape = (
        botocore.session.get_session()
        .get_service_model("bedrock-runtime")
        .operation_model("ConverseStream")
        .get_event_stream_output()
    )
    buffer, parser = EventStreamBuffer(), EventStreamJSONParser()
    buffer.add_data(data)  # checks both checksums of every frame as it is read
    events, problems = [], []
    for frame in buffer:
        kind = frame.headers.get(":event-type")
        if (frame.headers.get(":message-type"), frame.headers.get(":content-type")) != (
            "event",
            "application/json",
        ):
            problems.append(f"headers {frame.headers}")
        if kind not in shape.members:
            problems.append(f"unknown event {kind}")
            continue
        payload = json.loads(frame.payload)
        if not isinstance(payload.pop("p", None), str):
            problems.append(f"{kind} without padding")
        unknown = set(payload) - set(shape.members[kind].members)
        if unknown:
            problems.append(f"{kind} has unknown members {unknown}")
        events.append((kind, parser.parse(frame.to_response_dict(), shape)[kind]))
    if buffer._data:
        problems.append(f"{len(buffer._data)} bytes after the last frame")
    return events, problems + order_problems(events)


def order_problems(events):
    """What is wrong with the order of events: start, then blocks one after another, stop, metadata."""
    names = [name for name, _ in events]
    problems = []
    if names[:1] != ["messageStart"] or names[-2:] != ["messageStop", "metadata"]:
        problems.append(f"begins {names[:1]} and ends {names[-2:]}")
    open_block, next_block = None, 0
    for name, payload in events[1:-2]:
        index = payload.get("contentBlockIndex")
        if name == "contentBlockStop":
            if index != open_block:
                problems.append(f"stop of block {index} while {open_block} is open")
            open_block, next_block = None, next_block + 1
        elif name in ("contentBlockStart", "contentBlockDelta"):
            if open_block not in (None, index) or (open_block is None and index != next_block):
                problems.append(f"{name} of block {index} while {open_block} is open")
            if name == "contentBlockStart" and "toolUse" not in payload["start"]:
                problems.append("contentBlockStart of a block that is no tool use")
            open_block = index
        else:
            problems.append(f"{name} among the blocks")
    return problems


def assemble(events):
    """The content of a streamed message, as Converse returns it."""
    blocks = []
    for name, payload in events:
        if name == "contentBlockStart":
            blocks.append({"toolUse": {**payload["start"]["toolUse"], "input": ""}})
        elif name == "contentBlockDelta":
            if payload["contentBlockIndex"] == len(blocks):
                blocks.append({})
            block, delta = blocks[-1], payload["delta"]
            if "text" in delta:
                block["text"] = block.get("text", "") + delta["text"]
            elif "toolUse" in delta:
                block["toolUse"]["input"] += delta["toolUse"]["input"]
            else:
                text = block.setdefault("reasoningContent", {}).setdefault("reasoningText", {"text": ""})
                for member, value in delta["reasoningContent"].items():
                    text[member] = text.get(member, "") + value
    for block in blocks:
        if "toolUse" in block:
            block["toolUse"]["input"] = json.loads(block["toolUse"]["input"] or "{}")
    return blocks
