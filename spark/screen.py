#!/usr/bin/env python3
"""`relief screen --jsonl` on Apache Spark: one record a line in, one findings document a line out, in the order of the input.

See README.md beside this file. What is refused is named by file and line on standard error, and the exit status is 1 then.
"""

import argparse
import shlex
import sys

from engine import escaped, session, unescaped


def arguments() -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(description=__doc__, epilog="More options go to `relief screen`: --routes, --detail, --leads, --lang.")
    parser.add_argument("--relief", default="relief", help="the program, at the same path on every machine")
    parser.add_argument("--master", help="where Spark runs, such as local-cluster[2,1,1024]; left out under spark-submit")
    parser.add_argument("--pieces", type=int, default=64, help="pieces that records are put into")
    parser.add_argument("--as-of", required=True, help="the day asked about")
    parser.add_argument("--file", action="append", required=True, dest="files", help="records; a file that every machine sees; may be repeated")
    return parser.parse_known_args()


def read(named: tuple[int, str]):
    """The lines of a file, each behind its place: places sort as texts."""
    number, path = named
    with open(path, "rb") as lines:
        for line, record in enumerate(lines, 1):
            text = escaped(record.rstrip(b"\r\n"))
            yield f"{number:05}:{line:012}\t{text}"


def main() -> int:
    args, more = arguments()
    screen = shlex.join([args.relief, "screen", "--jsonl", "--placed", "--as-of", args.as_of, *more])
    spark = session("relief screen", args.master)
    refused = False
    try:
        files = spark.sparkContext.parallelize(list(enumerate(args.files)), len(args.files))
        said = files.flatMap(read).repartition(args.pieces).pipe(screen, checkCode=True).persist()
        lines = spark.createDataFrame(said.map(lambda line: tuple(line.split("\t"))), "place string, kind string, text string")
        for place, kind, text in lines.orderBy("place").toLocalIterator():
            if kind == "findings":
                sys.stdout.buffer.write(unescaped(text) + b"\n")
                continue
            number, line = place.split(":")
            sys.stdout.buffer.flush()
            sys.stderr.write(f"{args.files[int(number)]}:{int(line)}: {unescaped(text).decode()}\n")
            refused |= kind == "refused"
        sys.stdout.buffer.flush()
    finally:
        spark.stop()
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
