"""A hub on this machine: a server that answers what `huggingface_hub` asks about models, out of a folder."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

COMMIT = "0123456789abcdef0123456789abcdef01234567"


class Hub:
    """What it has, and which files were asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder  # OWNER/NAME/FILE
        self.fetched: list[str] = []
        self.url = ""
        self.stated_sizes: dict[str, int] = {}  # lies about the sizes of files
        self.cut_off: set[str] = set()  # files whose second half never comes


@contextmanager
def hub_server(folder: Path) -> Iterator[Hub]:
    hub = Hub(folder)

    class Handler(_Handler):
        served = hub

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    hub.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    served: Hub
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def log_message(self, *_: object) -> None:
        pass

    def _answer(self, *, with_body: bool) -> None:
        parts = unquote(urlsplit(self.path).path).strip("/").split("/")
        if parts[:2] == ["api", "models"] and len(parts) >= 4:
            self._list(self.served.folder / parts[2] / parts[3], "/".join(parts[2:4]))
        elif len(parts) == 5 and parts[2] == "resolve":
            self._give(self.served.folder / parts[0] / parts[1] / parts[4], with_body)
        else:
            self._refuse("EntryNotFound")

    def _list(self, folder: Path, name: str) -> None:
        if not folder.is_dir():
            self._refuse("RepoNotFound")
            return
        stated = self.served.stated_sizes
        files = [
            {"rfilename": path.name, "size": stated.get(path.name, path.stat().st_size), "blobId": "0" * 40}
            for path in sorted(folder.iterdir())
        ]
        self._send(json.dumps({"id": name, "modelId": name, "sha": COMMIT, "siblings": files}).encode())

    def _give(self, path: Path, with_body: bool) -> None:
        if not path.is_file():
            self._refuse("EntryNotFound")
            return
        data = path.read_bytes()
        if with_body:
            self.served.fetched.append(path.name)
        self._send(data, with_body=with_body, cut_off=path.name in self.served.cut_off)

    def _send(self, data: bytes, *, with_body: bool = True, cut_off: bool = False) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("ETag", f'"{hashlib.sha256(data).hexdigest()}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.end_headers()
        if with_body:
            self.wfile.write(data[: len(data) // 2] if cut_off else data)
            self.close_connection = cut_off

    def _refuse(self, code: str) -> None:
        self.send_response(404)
        self.send_header("X-Error-Code", code)
        self.send_header("Content-Length", "0")
        self.end_headers()
