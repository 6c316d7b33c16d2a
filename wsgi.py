"""The application as gunicorn and the commands find it (`wsgi:app`)."""

import gc

gc.disable()  # all that is loaded stays: looking for what does not was a third of the time it took to start
from cocreation.app import create_app  # noqa: E402

app = create_app()
gc.freeze()
gc.enable()
