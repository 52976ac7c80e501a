"""WsgiDAV over TLS: folder, port, certificate, key, user, password."""

from __future__ import annotations

import sys

from cheroot import wsgi
from cheroot.ssl.builtin import BuiltinSSLAdapter
from wsgidav.wsgidav_app import WsgiDAVApp

folder, port, certificate, key, user, password = sys.argv[1:]
app = WsgiDAVApp(
    {
        "host": "127.0.0.1",
        "port": int(port),
        "provider_mapping": {"/": folder},
        "simple_dc": {"user_mapping": {"*": {user: {"password": password}}}},
        "http_authenticator": {"accept_basic": True, "accept_digest": False, "default_to_digest": False},
        "verbose": 1,
        "logging": {"enable": False},
    }
)
server = wsgi.Server(("127.0.0.1", int(port)), app)
server.ssl_adapter = BuiltinSSLAdapter(certificate, key)
server.start()
