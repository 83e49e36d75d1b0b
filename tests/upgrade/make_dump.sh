#!/bin/sh
# Makes the dump of an old release that the tests upgrade: commit 822ad4d, from which on
# migrations are frozen, with data that its own code wrote (fill.py).
#
# Run it once for each database, in a clone whose history knows the commit:
#
#     tests/upgrade/make_dump.sh
#     bin/postgres tests/upgrade/make_dump.sh
#
# It runs in the environment of today, which holds all that the commit needed. Keys and
# people are those of tests and demo: production takes neither. A later release gets a
# dump of its own beside this one, by the same way.
set -eu
commit=822ad4d
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
python=$root/.venv/bin/python
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

compress() {
    "$python" -c 'import lzma, sys
whole = sys.stdin.buffer.read()
sys.stdout.buffer.write(lzma.compress(whole, preset=9 | lzma.PRESET_EXTREME))'
}

# What psql and servers of another version would not take is left out.
dump_postgres() {
    for bin in /usr/lib/postgresql/*/bin; do :; done
    "$bin/pg_dump" --no-owner --no-privileges --inserts --rows-per-insert=200 \
        --file "$folder/whole.sql" "$DATABASE_URL"
    grep -v -e '^\\restrict ' -e '^\\unrestrict ' -e '^SET transaction_timeout ' \
        "$folder/whole.sql"
}

dump_sqlite() {
    "$python" -c 'import sqlite3, sys
print(*sqlite3.connect(sys.argv[1]).iterdump(), sep="\n")' "$STATE_DIR/campus.sqlite3"
}

mkdir "$folder/code"
git -C "$root" archive "$commit" | tar -x -C "$folder/code"
export STATE_DIR="$folder/state" DJANGO_SETTINGS_MODULE=lms.settings.demo
export SECRET_KEY=only-for-the-tests NAME_HASH_KEY=only-for-the-tests-too
export AUDIT_KEY=only-for-the-tests-as-well MFA_KEYS=only-for-the-tests-again
# Started in the checkout: what fill.py imports is the code of then.
(cd "$folder/code" && PYTHONPATH=$here "$python" -c 'import django
django.setup()
from fill import fill
fill()')

if [ -n "${DATABASE_URL:-}" ]; then
    dump_postgres | compress >"$here/$commit.postgresql.sql.xz"
else
    dump_sqlite | compress >"$here/$commit.sqlite.sql.xz"
fi
