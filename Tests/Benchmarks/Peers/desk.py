"""The same desk in Python, as deskpipe's peer in the benchmark: asyncpg, PyJWT, orjson, uvloop.

Each call is a transaction: BEGIN, the context, the call's statements, COMMIT. The statements are those that deskpipe
sends; results are shaped in SQL and copied into the answer as they are.
"""

import asyncio
import os
import secrets
import sys
import time
import uuid

import asyncpg
import jwt
import orjson
import uvloop

CONFIG = orjson.loads(open(sys.argv[1], "rb").read())
CLAIMS = ("sub", "sid", "iss", "v", "o", "exp", "iat")
TEXTS = ("int2", "int4", "int8", "bool", "uuid", "timestamptz")


class Refused(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class Statement:
    """One statement of a call, whose values are constant, the call's ticket, or made for it."""

    def __init__(self, template):
        self.text = template["text"]
        self.values = template["values"]

    def arguments(self, ticket, fresh):
        return [
            None if v is None else v["constant"] if "constant" in v else ticket if "ticket" in v else fresh
            for v in self.values
        ]


class Method:
    def __init__(self, template):
        self.context = template[0]["text"]
        # Who calls comes from the session; what may be done, and for how long, from the method.
        self.limits = [v["constant"] for v in template[0]["values"][4:]]
        self.statements = [Statement(t) for t in template[1:]]
        self.takes_ticket = any(v and "ticket" in v for s in self.statements for v in s.values)


class Desk:
    def __init__(self, write):
        self.write = write
        self.methods = {name: Method(template) for name, template in CONFIG["methods"].items()}
        self.sessions = {}
        self.jobs = asyncio.Queue()
        self.workers = []

    async def start(self):
        # A connection each; as with a pool, but without its reset between calls, which costs a round trip.
        self.workers = [asyncio.create_task(self.work()) for _ in range(CONFIG["connections"])]

    async def work(self):
        connection = None
        while True:
            id, method, params = await self.jobs.get()
            try:
                if connection is None:
                    connection = await self.connect()
                result = await self.run(connection, method, params)
                self.write(b'{"jsonrpc":"2.0","id":' + id + b',"result":' + result + b"}\n")
            except Refused as error:
                self.fail(id, error.code, str(error))
            except asyncpg.PostgresError as error:
                self.fail(id, 1500, type(error).__name__)

    async def connect(self):
        connection = await asyncpg.connect(CONFIG["database"], statement_cache_size=500)
        for name in TEXTS:
            await connection.set_type_codec(name, schema="pg_catalog", encoder=str, decoder=str, format="text")
        return connection

    async def run(self, connection, method, params):
        if method == "session.open":
            return await self.open(connection, params["token"])
        session = self.sessions.get(params.get("session"))
        if session is None:
            raise Refused(1003, "There is no such session.")
        if session["exp"] <= time.time():
            raise Refused(1002, "The session is over.")
        call = self.methods[method]
        ticket = None
        if call.takes_ticket:
            try:
                ticket = str(uuid.UUID(params["id"] if "id" in params else params["ticket_id"]))
            except (KeyError, ValueError, TypeError):
                raise Refused(-32602, "id must be a UUID") from None
        fresh = str(uuid.uuid4())
        async with connection.transaction():
            await connection.fetchval(call.context, *session["context"], *call.limits)
            answer = None
            for statement in call.statements:
                answer = await connection.fetchval(statement.text, *statement.arguments(ticket, fresh))
        if answer is None:
            raise Refused(1102, "There is no such ticket.")
        return answer.encode()

    async def open(self, connection, token):
        try:
            payload = jwt.decode(
                token, CONFIG["key"], algorithms=["RS256"], issuer=CONFIG["issuer"], leeway=5,
                options={"require": ["exp", "iat", "nbf", "sub"], "verify_aud": False},
            )
        except jwt.InvalidTokenError as error:
            raise Refused(1001, str(error)) from None
        claims = orjson.dumps({name: payload[name] for name in CLAIMS}).decode()
        context, opening = (Statement(t) for t in CONFIG["opening"])
        async with connection.transaction():
            await connection.fetchval(context.text, *context.arguments(None, None))
            row = orjson.loads(await connection.fetchval(opening.text, claims, "agents"))
        handle = secrets.token_urlsafe(16)
        self.sessions[handle] = {
            "exp": payload["exp"],
            "context": (claims, row["organization_id"], row["agent_id"], row["role"]),
        }
        return orjson.dumps({"session": handle, "organization": row["organization_id"], "agent": row["agent_id"]})

    def fail(self, id, code, message):
        self.write(
            b'{"jsonrpc":"2.0","id":' + id + b',"error":' + orjson.dumps({"code": code, "message": message}) + b"}\n"
        )

    def receive(self, line):
        try:
            request = orjson.loads(line)
            id, method = orjson.dumps(request["id"]), request["method"]
        except (orjson.JSONDecodeError, KeyError, TypeError):
            return self.fail(b"null", -32700, "Not a request.")
        if method == "system.ping":
            return self.write(b'{"jsonrpc":"2.0","id":' + id + b',"result":{"pong":true}}\n')
        if method != "session.open" and method not in self.methods:
            return self.fail(id, -32601, "There is no such method.")
        self.jobs.put_nowait((id, method, request.get("params") or {}))


class Input(asyncio.Protocol):
    def __init__(self, desk, ended):
        self.desk = desk
        self.ended = ended
        self.rest = b""

    def data_received(self, data):
        lines = (self.rest + data).split(b"\n")
        self.rest = lines.pop()
        for line in lines:
            self.desk.receive(line)

    def connection_lost(self, error):
        self.ended.set()


async def main():
    loop = asyncio.get_running_loop()
    transport, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, os.fdopen(os.dup(1), "wb", 0))
    pending = []

    def flush():
        transport.write(b"".join(pending))
        pending.clear()

    def write(line):
        # Answers of one turn of the loop go out together.
        if not pending:
            loop.call_soon(flush)
        pending.append(line)

    desk = Desk(write)
    await desk.start()
    ended = asyncio.Event()
    await loop.connect_read_pipe(lambda: Input(desk, ended), os.fdopen(0, "rb", 0))
    await ended.wait()


uvloop.run(main())
