"""The app for any WSGI server: `gunicorn wsgi:app`; jobs wait for a worker, as in `serve`."""

from diagnose import logs
from diagnose.settings import Settings
from diagnose.web import create_app

settings = Settings()
logs.set_up(settings)
app = create_app(settings)
