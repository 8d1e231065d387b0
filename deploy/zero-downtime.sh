#!/bin/sh
# Rolls a new version out under load, and fails when a client has noticed anything: two banks on
# one database behind nginx, all on this machine, a migration, and one bank after the other stopped
# and started anew. Prints a report and draws deploy/zero-downtime.svg. Needs nginx and what the
# build needs; takes about two minutes.
set -eu
PATH=$PATH:/usr/sbin
if ! command -v nginx > /dev/null; then
  echo "nginx is not installed here; on Debian: apt-get install nginx-light" >&2
  exit 1
fi
cd "$(dirname "$0")/.."
./mvnw -q -Pbench -Dbench.scenarios=rolling-restart
cp bank-bootstrap/target/bench/rolling-restart.svg deploy/zero-downtime.svg
