"""What the two programs beside this file share: a Spark context that keeps clients' data off the disk in clear, and escaped lines."""

import os
import secrets
import sys

import pyspark
from pyspark.sql import SparkSession

# How `relief` writes bytes as ASCII on one line; Python has both halves.


def escaped(data: bytes) -> str:
    return data.decode("latin-1").encode("unicode_escape").decode("ascii")


def unescaped(text: str) -> bytes:
    return text.encode("ascii").decode("unicode_escape").encode("latin-1")


def session(name: str, master: str | None) -> SparkSession:
    """Spark as it is set up here, or at `master`. What it spills and what goes between machines is encrypted."""
    os.environ.setdefault("SPARK_HOME", os.path.dirname(pyspark.__file__))
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = (
        SparkSession.builder.appName(name)
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.io.encryption.enabled", "true")
        .config("spark.authenticate", "true")
        .config("spark.network.crypto.enabled", "true")
    )
    if master:
        # A cluster of this program's own has no other secret; standing clusters bring theirs.
        builder = builder.master(master).config("spark.authenticate.secret", secrets.token_hex(32))
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    # The other machines read lines with the functions above.
    spark.sparkContext.addPyFile(os.path.abspath(__file__))
    return spark
