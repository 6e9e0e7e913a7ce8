#!/usr/bin/env python3
"""`relief review` on Apache Spark: the same binary on every machine, the rows of a person on one of them, the same tables.

See README.md beside this file. Exit status: that of `relief`.
"""

import argparse
import shlex
import subprocess
import sys

from engine import session
from pyspark import StorageLevel


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--relief", default="relief", help="the program, at the same path on every machine")
    parser.add_argument("--master", help="where Spark runs, such as local-cluster[2,1,1024]; left out under spark-submit")
    parser.add_argument("--pieces", type=int, default=64, help="pieces that people are put into")
    parser.add_argument("--county", required=True)
    parser.add_argument("--as-of", required=True, help="the day asked about")
    parser.add_argument("--policy", help="a preset, or a file that every machine sees")
    parser.add_argument("--decisions", help="a review queue that was filled in; a file that every machine sees")
    parser.add_argument("--out", required=True, help="the folder the tables go to, on this machine")
    parser.add_argument("--format", choices=["csv", "parquet", "both"], default="csv")
    parser.add_argument("--encrypt-to", action="append", default=[], help="an age key that opens the results")
    parser.add_argument("files", nargs="+", help="the export: files that every machine sees")
    return parser.parse_args()


def main() -> int:
    args = arguments()
    relief = [args.relief, "review", "spread"]
    question = ["--county", args.county, "--as-of", args.as_of]
    for name in ("policy", "decisions"):
        if value := getattr(args, name):
            question += [f"--{name}", value]

    listed = subprocess.run([*relief, "files", *args.files], stdout=subprocess.PIPE, text=True)
    if listed.returncode:
        return listed.returncode
    files = listed.stdout.splitlines()

    spark = session("relief review", args.master)
    try:
        # Rows, each with its person, file and line. A file is split in one piece: only so are quotes understood.
        rows = spark.sparkContext.parallelize(files, len(files)).pipe(shlex.join([*relief, "split"]), checkCode=True)
        # Who carries a state number that stands under another key too. The files are read twice: rows kept in between would fill a disk.
        carriers = keyed(spark, rows.pipe(shlex.join([*relief, "numbers"]), checkCode=True)).distinct()
        told = pieces(carriers, args.pieces).pipe(shlex.join([*relief, "same"]), checkCode=True)
        # All rows of a person to one piece, in the order of the export. Spark sorts, so what it spills is encrypted.
        people = pieces(keyed(spark, rows.union(told)), args.pieces)
        said = people.pipe(shlex.join([*relief, "decide", *question]), checkCode=True)
        # Sorting looks at the lines twice; nobody is decided on twice.
        said = said.persist(StorageLevel.MEMORY_AND_DISK)
        lines = spark.createDataFrame(said.map(lambda line: (line,)), "line string").orderBy("line")
        return join(relief, question, args, (row[0] for row in lines.toLocalIterator()))
    finally:
        spark.stop()


def keyed(spark, lines):
    """Lines beside their first field."""
    return spark.createDataFrame(lines.map(lambda line: (line.split("\t", 1)[0], line)), "key string, line string")


def pieces(table, count: int):
    """The lines of a key in one piece, sorted."""
    return table.repartition(count, "key").sortWithinPartitions("line").rdd.map(lambda row: row["line"])


def join(relief: list[str], question: list[str], args: argparse.Namespace, lines) -> int:
    """Gives the lines to the last step as they come: nothing of them lies on this machine's disk."""
    command = [*relief, "join", *question, "--from", "-", "--out", args.out, "--format", args.format]
    for key in args.encrypt_to:
        command += ["--encrypt-to", key]
    step = subprocess.Popen([*command, *args.files], stdin=subprocess.PIPE)
    try:
        for line in lines:
            step.stdin.write(line.encode("ascii") + b"\n")
        step.stdin.close()
    except BrokenPipeError:
        pass  # It refused, and has said why.
    except BaseException:
        # Half of the lines must not look like all of them.
        step.kill()
        step.wait()
        raise
    return step.wait()


if __name__ == "__main__":
    sys.exit(main())
