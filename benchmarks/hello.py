"""The smallest Flask application: what the pages' speed is compared with."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def say_hello():
    """Nothing but a word."""
    return "hello"
