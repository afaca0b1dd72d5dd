#!/usr/bin/env python3
"""Drives a running emulator with boto3, and holds its event streams against botocore's parser.

usage: boto3_checks.py ENDPOINT        for instance http://127.0.0.1:4570

Prints one line a check and a summary; exits 1 when a check failed. Needs boto3 and nothing else.
"""

import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request

# Nothing of the machine's own AWS configuration may take part.
for name in [name for name in os.environ if name.startswith("AWS_")]:
    del os.environ[name]
os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull
os.environ["AWS_EC2_METADATA_DISABLED"] = "true"

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

sys.dont_write_bytecode = True
import cases
from cases import NOVA, OPUS_5, ROLE, SONNET_4_5, TEXT, TOOL, budget, fields, hello, user
from stream import assemble, parse_stream

KEY = "AKIAIOSFODNN7EXAMPLE"
SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
EXPIRED_KEY, EXPIRED_TOKEN = "ASIAIOSFODNN7EXAMPLE", "outcrop-expired"
BEARER = "outcrop-local"


class Checks:
    def __init__(self, endpoint):
        self.endpoint = endpoint.rstrip("/")
        self.passed = self.failed = 0

    def check(self, name, holds, detail=""):
        if holds:
            self.passed += 1
            print(f"ok      {name}")
        else:
            self.failed += 1
            print(f"FAILED  {name}: {detail}")

    def client(self, service="bedrock-runtime", key=KEY, secret=SECRET, token=None, region="us-east-1"):
        # Without botocore's own checks, so that the emulator sees what is wrong.
        config = Config(retries={"total_max_attempts": 1}, parameter_validation=False, proxies={})
        return boto3.client(
            service,
            region_name=region,
            endpoint_url=self.endpoint,
            config=config,
            aws_access_key_id=key,
            aws_secret_access_key=secret,
            aws_session_token=token,
        )

    def expect_error(self, name, call, code, part, status=None):
        try:
            call()
        except ClientError as error:
            got, text = error.response["Error"]["Code"], error.response["Error"].get("Message", "")
            http = error.response["ResponseMetadata"]["HTTPStatusCode"]
            holds = got == code and part in text and status in (None, http)
            self.check(name, holds, f"{http} {got}: {text}")
        else:
            self.check(name, False, "was accepted")


def conversation_rules(checks):
    bedrock = checks.client()
    for name, model_id, body in cases.ACCEPTED:
        try:
            answer = bedrock.converse(modelId=model_id, **body)
            checks.check(f"accepts {name}", answer["stopReason"] == "end_turn", answer["stopReason"])
        except ClientError as error:
            checks.check(f"accepts {name}", False, error)
    for name, model_id, body, code, part in cases.REFUSED:
        checks.expect_error(f"refuses {name}", lambda: bedrock.converse(modelId=model_id, **body), code, part)


def identities(checks):
    def converse(**options):
        return lambda: checks.client(**options).converse(modelId=OPUS_5, messages=[user(TEXT)])

    sts = checks.client("sts")
    arn = sts.get_caller_identity()["Arn"]
    checks.check("GetCallerIdentity names the caller", arn.endswith(":user/outcrop"), arn)
    reply = sts.assume_role(RoleArn=ROLE, RoleSessionName="me@example", ExternalId="a:b", DurationSeconds=900)
    issued = reply["Credentials"]
    role = {
        "key": issued["AccessKeyId"],
        "secret": issued["SecretAccessKey"],
        "token": issued["SessionToken"],
    }
    checks.check("AssumeRole issues temporary keys", issued["AccessKeyId"].startswith("ASIA"))
    text = converse(**role)()["output"]["message"]["content"][-1]["text"]
    checks.check("issued keys are accepted and show their role", f"role {ROLE} as me@example" in text, text)
    arn = checks.client("sts", **role).get_caller_identity()["Arn"]
    checks.check(
        "GetCallerIdentity names the role",
        arn == "arn:aws:sts::111122223333:assumed-role/reader/me@example",
        arn,
    )

    invalid, mismatch = (
        "security token included in the request is invalid",
        "signature we calculated does not match",
    )
    for name, options, code, part in [
        ("a wrong secret", {"secret": "x"}, "InvalidSignatureException", mismatch),
        ("an unknown key", {"key": "AKIAUNKNOWN"}, "UnrecognizedClientException", invalid),
        ("a stale token beside a lasting key", {"token": "x"}, "UnrecognizedClientException", invalid),
        ("issued keys with another token", {**role, "token": "x"}, "UnrecognizedClientException", invalid),
        ("issued keys without their token", {**role, "token": None}, "UnrecognizedClientException", invalid),
        (
            "an expired token",
            {"key": EXPIRED_KEY, "token": EXPIRED_TOKEN},
            "ExpiredTokenException",
            "is expired",
        ),
    ]:
        checks.expect_error(f"refuses {name}", converse(**options), code, part, 403)
    for name, parameters, part in [
        ("a blank in a role's session name", {"RoleSessionName": "a b"}, "roleSessionName"),
        ("a duration of a minute", {"RoleSessionName": "ab", "DurationSeconds": 60}, "durationSeconds"),
        ("an external ID of one letter", {"RoleSessionName": "ab", "ExternalId": "a"}, "externalId"),
    ]:
        checks.expect_error(
            f"STS refuses {name}",
            lambda: sts.assume_role(RoleArn=ROLE, **parameters),
            "ValidationError",
            part,
            400,
        )
    checks.expect_error(
        "STS refuses a wrong secret",
        checks.client("sts", secret="x").get_caller_identity,
        "SignatureDoesNotMatch",
        "signature we calculated",
        403,
    )
    checks.expect_error(
        "STS refuses an unknown key",
        checks.client("sts", key="AKIAX").get_caller_identity,
        "InvalidClientTokenId",
        "invalid",
        403,
    )


def post(checks, path, body, headers):
    request = urllib.request.Request(checks.endpoint + path, data=body, headers=headers, method="POST")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request) as reply:
            return reply.status, dict(reply.headers), reply.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


def bearer(checks):
    # botocore sends bearer tokens over HTTPS only, so these requests are made by hand.
    path, body = f"/model/{OPUS_5}/converse", json.dumps(hello()).encode()
    headers = {"Content-Type": "application/json"}
    status, _, reply = post(checks, path, body, {**headers, "Authorization": f"Bearer {BEARER}"})
    checks.check("accepts the bearer token", status == 200, reply)
    status, _, reply = post(checks, path, body, {**headers, "Authorization": "Bearer other"})
    wanted = {"Message": "Authentication failed: Please make sure your API Key is valid."}
    checks.check("refuses another bearer token", (status, json.loads(reply)) == (403, wanted), reply)
    status, got, reply = post(checks, path, body, headers)
    kind = {name.lower(): value for name, value in got.items()}.get("x-amzn-errortype")
    checks.check(
        "refuses no credentials", (status, kind) == (403, "MissingAuthenticationTokenException"), reply
    )


def signed_post(checks, model_id, operation, body):
    """A raw reply to a request that botocore has signed and nothing of botocore has read."""
    path = f"/model/{urllib.parse.quote(model_id, safe='')}/{operation}"
    data = json.dumps(body).encode()
    request = AWSRequest(
        method="POST", url=checks.endpoint + path, data=data, headers={"Content-Type": "application/json"}
    )
    SigV4Auth(Credentials(KEY, SECRET), "bedrock", "us-east-1").add_auth(request)
    return post(checks, path, data, dict(request.headers.items()))


def streams(checks):
    bedrock = checks.client()
    forced = {"tools": [TOOL], "toolChoice": {"tool": {"name": "look"}}}
    for name, model_id, body in [
        ("a plain answer", NOVA, hello()),
        ("thinking", SONNET_4_5, fields(thinking=budget(2048))),
        ("omitted thinking", OPUS_5, hello()),
        ("a tool call", SONNET_4_5, hello(toolConfig=forced)),
        ("a short answer", NOVA, hello(inferenceConfig={"maxTokens": 5})),
        ("a stopped answer", NOVA, hello(inferenceConfig={"stopSequences": ["machine"]})),
    ]:
        status, headers, data = signed_post(checks, model_id, "converse-stream", body)
        kind = {name.lower(): value for name, value in headers.items()}.get("content-type")
        checks.check(
            f"streams {name}", (status, kind) == (200, "application/vnd.amazon.eventstream"), (status, kind)
        )
        events, problems = parse_stream(data)
        checks.check(f"frames {name} as botocore reads it", not problems, problems)
        answer = bedrock.converse(modelId=model_id, **body)
        wanted = (answer["output"]["message"]["content"], answer["stopReason"], answer["usage"])
        got = (assemble(events), events[-2][1]["stopReason"], events[-1][1]["usage"])
        checks.check(f"answers {name} alike in both ways", got == wanted, f"{got} != {wanted}")
        through_boto3 = [event for event in bedrock.converse_stream(modelId=model_id, **body)["stream"]]
        checks.check(f"streams {name} through boto3", len(through_boto3) == len(events), len(through_boto3))


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    checks = Checks(sys.argv[1])
    for part in (conversation_rules, identities, bearer, streams):
        part(checks)
    print(f"{checks.passed} passed, {checks.failed} failed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
