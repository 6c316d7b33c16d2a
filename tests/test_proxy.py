"""The web behind nginx, both as deploy/ sets them up: what slow, lying or smuggling visitors can do to it."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import socket
import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from flask import request

from tests.processes import ROOT, Nginx, Platform, free_port, program, status_of, until

NAME = "cocreation.example"
MB = 1024 * 1024


class Front:
    """nginx with deploy/nginx/cocreation.conf, its ports and paths put in, before the web."""

    def __init__(self, template: Path, folder: Path, **settings: str) -> None:
        program("nginx", "nginx-light")
        database = folder / "cocreation.sqlite3"
        shutil.copyfile(template, database)
        options = {"TRUSTED_PROXIES": "1", **settings}
        self.web = Platform(f"sqlite:///{database}", folder, worker=False, **options)
        self.port, plain = free_port(), free_port()
        certificate(folder)
        text = (ROOT / "deploy" / "nginx" / "cocreation.conf").read_text()
        for pattern, put in (
            (r"listen \[::\].*\n", "\n"),
            (r"listen 80;", f"listen 127.0.0.1:{plain};"),
            (r"listen 443", f"listen 127.0.0.1:{self.port}"),
            (r"server 127.0.0.1:8000;", f"server 127.0.0.1:{self.web.port};"),
            (r"/etc/letsencrypt/live/cocreation.example", str(folder)),
            (r"/srv/cocreation/static/", f"{ROOT}/static/"),
        ):
            text, times = re.subn(pattern, put, text)
            assert times, f"{pattern} is not in the configuration any more"
        user = "user root;" if os.geteuid() == 0 else ""
        bodies = "".join(f"{part}_temp_path {folder}/{part};" for part in ("client_body", "proxy", "fastcgi"))
        configuration = f"""{user} pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;
            events {{ worker_connections 1024; }}
            http {{ include /etc/nginx/mime.types; access_log off; {bodies}
            uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi; {text} }}"""
        self.nginx = Nginx(configuration, folder)
        self.web.wait()
        until(lambda: self.ask("GET", "/health").startswith(b"HTTP/1.1 200"))

    def connect(self, timeout: float = 30) -> ssl.SSLSocket:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        plain = socket.create_connection(("127.0.0.1", self.port), timeout)
        return context.wrap_socket(plain, server_hostname=NAME)

    def send(self, raw: bytes) -> bytes:
        """The whole answer to these bytes."""
        try:
            with self.connect() as connection:
                connection.sendall(raw)
                return b"".join(iter(lambda: connection.recv(65536), b""))
        except (ConnectionError, ssl.SSLError):
            return b""

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        head = "\r\n".join([f"{method} {path} HTTP/1.1", f"Host: {NAME}", "Connection: close", *lines])
        length = f"\r\nContent-Length: {len(body)}" if body else ""
        return self.send(f"{head}{length}\r\n\r\n".encode() + body)

    def stop(self) -> None:
        self.nginx.stop()
        self.web.stop()


def certificate(folder: Path) -> None:
    """One of our own, as short-lived as the test."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)]),
    )
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    kept = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "privkey.pem").write_bytes(key.private_bytes(*kept))


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Front]:
    front = Front(sqlite_template, tmp_path_factory.mktemp("front"))
    yield front
    front.stop()


@pytest.fixture
def counting(tmp_path: Path, sqlite_template: Path) -> Iterator[Front]:
    """One process, which counts how often an address asks."""
    front = Front(sqlite_template, tmp_path, RATE_LIMITS="yes", WEB_WORKERS="1")
    yield front
    front.stop()


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer else 0


def test_fifty_slow_visitors_keep_nobody_waiting(front):
    head = f"POST /en/receipts HTTP/1.1\r\nHost: {NAME}\r\nContent-Type: text/plain\r\n"
    half = [head[:30].encode(), f"{head}Content-Length: 5000\r\n\r\nhalf".encode()]
    slow = [front.connect() for _visitor in range(50)]
    try:
        for number, connection in enumerate(slow):
            connection.sendall(half[number % 2])
        for _time in range(10):
            began = time.monotonic()
            assert status(front.ask("GET", "/health")) == 200
            assert status(front.ask("GET", "/en/receipts")) == 200
            assert time.monotonic() - began < 5
    finally:
        for connection in slow:
            connection.close()


def test_an_address_somebody_says_they_have_does_not_count(counting):
    def look(forged: str) -> int:
        given = {"X_Forwarded_For": forged, "Forwarded": f"for={forged}", "X_Real_IP": forged}
        return status(counting.ask("GET", "/en/challenge?once=x", **given))

    # 120 an hour, of which one may end meanwhile.
    assert 429 in (look(f"203.0.{number // 250}.{number % 250}") for number in range(242))


def test_a_host_somebody_says_it_is_leads_nowhere(front):
    answer = front.ask("GET", "/", X_Forwarded_Host="evil.example", X_Forwarded_Prefix="/evil")
    assert status(answer) == 302
    assert b"evil" not in answer


def test_another_name_is_told_nothing(front):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", front.port), 10) as plain, pytest.raises(ssl.SSLError):
        context.wrap_socket(plain, server_hostname="evil.example")


@pytest.mark.parametrize(
    ("path", "megabytes", "expected"),
    [
        ("/en/receipts", 6, {403, 413}),  # read by the application, which says it in a sentence
        ("/en/receipts", 8, {413}),
        ("/en/ideas/new", 27, {403}),  # taken, and refused since no page of ours sent it
        ("/en/ideas/new", 30, {413}),
        ("/fr/manage/ideas/enter", 27, {403}),
        ("/ar/registrations/7F3K-QX9M-2BTD-0HW1/support", 11, {403}),
        ("/ar/registrations/7F3K-QX9M-2BTD-0HW1/support/change", 11, {403}),
        ("/ar/registrations/7F3K-QX9M-2BTD-0HW1/support", 14, {413}),
        ("/en/manage/meetings/OR1/photos/new", 11, {403}),
    ],
)
def test_sizes_are_those_of_the_application(front, path, megabytes, expected):
    kind = 'multipart/form-data; boundary="x"'
    part = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n'
    body = part + b"a" * (megabytes * MB) + b"\r\n--x--\r\n"
    assert status(front.ask("POST", path, body, Content_Type=kind)) in expected


def test_every_route_that_takes_more_is_known_to_the_proxy(app):
    text = (ROOT / "deploy" / "nginx" / "cocreation.conf").read_text()
    larger = {
        re.compile(pattern): int(size)
        for pattern, size in re.findall(r'location ~ "(.+)" \{\s+client_max_body_size (\d+)m;', text)
    }
    takers = 0
    for rule in app.url_map.iter_rules():
        most = getattr(app.view_functions[rule.endpoint], "most_bytes", 0) // MB
        path = re.sub(r"<[^>]+>", "x", rule.rule).replace("/x/", "/en/", 1)
        if most > 6:
            takers += 1
            assert [size for pattern, size in larger.items() if pattern.search(path)] == [most + 1], path
        elif most:
            assert most == 6
    assert takers == 8


@pytest.mark.parametrize(
    ("hops", "counted"),
    [(0, "127.0.0.1"), (1, "10.0.0.9"), (2, "203.0.113.7"), (3, "198.51.100.1"), (4, "127.0.0.1")],
)
def test_as_many_hops_are_believed_as_are_said(tmp_path, hops, counted):
    from cocreation.app import create_app

    given = {"database_url": f"sqlite:///{tmp_path / 'x.sqlite3'}", "secret_key": "x", "testing": True}
    app, seen = create_app(trusted_proxies=hops, **given), []
    app.before_request_funcs[None].insert(0, lambda: seen.append(request.remote_addr))
    forwarded = {"X-Forwarded-For": "198.51.100.1, 203.0.113.7, 10.0.0.9", "X-Forwarded-Host": "evil.example"}
    assert b"evil" not in app.test_client().get("/", headers=forwarded).data
    assert seen == [counted]
    app.extensions["engine"].dispose()


SMUGGLED = b"GET /en/smuggled HTTP/1.1\r\nHost: cocreation.example\r\n\r\n"


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 500\r\n",
        b"Content-Length: 0\r\nContent-Length: 57\r\n",
        b"Content-Length: 0, 57\r\n",
        b"Content-Length: -1\r\n",
        b"Content-Length: 0x10\r\n",
        b"Transfer-Encoding: chunked, chunked\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        b"Transfer-Encoding : chunked\r\n",
        b"Content-Length : 57\r\n",
    ],
)
def test_no_request_hides_in_another(front, headers):
    head = b"POST /en/receipts HTTP/1.1\r\nHost: cocreation.example\r\n" + headers + b"\r\n"
    answer = front.send(head + b"0\r\n\r\n" + SMUGGLED)
    assert status(answer) in (400, 501), answer[:200]
    assert answer.count(b"HTTP/1.1 ") == 1


def test_static_files_come_from_the_proxy_compressed_and_for_long(front):
    answer = front.ask("GET", "/static/css/site.css?v=1", Accept_Encoding="gzip")
    head = answer.split(b"\r\n\r\n")[0].lower()
    assert status(answer) == 200
    for line in (
        b"cache-control: max-age=2592000",
        b"content-encoding: gzip",
        b"x-content-type-options: nosniff",
    ):
        assert line in head
    assert b"server: nginx\r\n" in head + b"\r\n"
    assert status(front.ask("GET", "/static/%2e%2e/deploy/cocreation.env")) in (400, 404)


def test_the_application_answers_by_itself_too(front):
    assert status_of(f"{front.web.address}/health") == 200
