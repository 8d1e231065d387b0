#!/usr/bin/env bash
# Starts the bank once, as the image will start it, lets it do what it does all day, and keeps what
# the JVM learned of it (classes loaded and linked) in an AOT cache beside the jar. Profiles of methods
# are left out: by them a start compiles much that it runs only a few times.
#
#   train-aot-cache.sh JRE SERVER WHOLE
#
#   JRE     the runtime of the image, as a cache is good for the JVM that made it alone
#   SERVER  the image's directory, at the path that it will have there: bank.jar, bank.options, lib/
#   WHOLE   the bank with its embedded PostgreSQL, which only lends its database
#
# Must not run as root, because PostgreSQL does not. What it leaves is SERVER/bank.aot.
set -euo pipefail

jre=$1 server=$2 whole=$3
scratch=$(mktemp -d)
touch "$scratch/database.log" "$scratch/bank.log"
# Nothing but what is said here configures the two banks.
unset "${!BANK_@}"
database_pid='' bank_pid=''

finish() {
  local status=$?
  [ -z "$bank_pid" ] || kill "$bank_pid" 2>/dev/null || true
  [ -z "$database_pid" ] || { kill "$database_pid" && wait "$database_pid"; } || true
  if [ "$status" -ne 0 ]; then
    echo 'The training run has failed. What the bank said:' >&2
    cat "$scratch"/*.log >&2
  fi
  rm -rf "$scratch"
  exit "$status"
}
trap finish EXIT

# Prints the address at which a bank that has logged to the file answers.
address() {
  for _ in $(seq 300); do
    sed -n 's/.*The bank answers at //p' "$1" | grep . && return
    kill -0 "$2" || return 1
    sleep 0.2
  done
  return 1
}

secret() {
  head -c 32 /dev/urandom | base64 | tr -d '\n'
}

BANK_PORT=0 BANK_DATA_DIR=$scratch/data java -jar "$whole/bank.jar" > "$scratch/database.log" 2>&1 &
database_pid=$!
address "$scratch/database.log" "$database_pid" > "$scratch/address"

# The fourth line of the server's own lock file is its port.
port=$(sed -n 4p "$scratch/data/postgresql/data/postmaster.pid")
banker=$(secret)
BANK_PORT=0 \
  BANK_DATABASE_URL=jdbc:postgresql://127.0.0.1:$port/simple_bank \
  BANK_DATABASE_USER=simple_bank \
  BANK_DATABASE_PASSWORD=$(< "$scratch/data/postgresql/password") \
  BANK_JWT_SECRET=$(secret) \
  BANK_ADMIN_USERNAME=trainer BANK_ADMIN_PASSWORD=$banker \
  "$jre/bin/java" "@$server/bank.options" -XX:AOTCacheOutput="$server/bank.aot" \
  -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining \
  -jar "$server/bank.jar" > "$scratch/bank.log" 2>&1 &
bank_pid=$!
bank=$(address "$scratch/bank.log" "$bank_pid")

# post PATH BODY [TOKEN]: prints the answer; an error of the bank's ends the training.
post() {
  curl -sS --fail-with-body "$bank$1" -H "Authorization: ${3:-none}" -d "$2"
}
field() {
  grep -o "\"$1\":[^,}]*" | head -n 1 | cut -d: -f2- | tr -d '"'
}

for name in alice bob; do
  post /users "{\"username\": \"$name\", \"password\": \"correct horse\",
    \"full_name\": \"$name\", \"email\": \"$name@example.com\"}"
done
login() {
  echo "Bearer $(post /users/login "{\"username\": \"$1\", \"password\": \"$2\"}" | field access_token)"
}
alice=$(login alice 'correct horse')
bob=$(login bob 'correct horse')
trainer=$(login trainer "$banker")
alices=$(post /accounts '{"currency": "USD"}' "$alice" | field id)
bobs=$(post /accounts '{"currency": "USD"}' "$bob" | field id)
post "/accounts/$alices/deposits" '{"amount": 100000, "currency": "USD"}' "$trainer"
for _ in $(seq 50); do
  post /transfers "{\"from_account_id\": $alices, \"to_account_id\": $bobs, \"amount\": 1,
    \"currency\": \"USD\"}" "$alice"
  for path in /health/readiness "/accounts/$alices" "/accounts/$alices/entries"; do
    curl -sS --fail-with-body "$bank$path" -H "Authorization: $alice"
  done
done > "$scratch/answers"

# A bank that is told to stop writes the cache on its way out, and ends as killed by the signal.
kill "$bank_pid"
wait "$bank_pid" || [ $? -eq 143 ]
bank_pid=''
test -s "$server/bank.aot"
