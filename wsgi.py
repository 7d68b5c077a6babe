"""The app for any WSGI server: `gunicorn wsgi:app`."""

from diagnose.settings import Settings
from diagnose.web import create_app

app = create_app(Settings())
