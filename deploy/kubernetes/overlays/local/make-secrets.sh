#!/usr/bin/env bash
# Makes up the secrets of the local overlay, beside this script, unless they are there.
set -euo pipefail
cd "$(dirname "$0")"
umask 077

secret() {
  head -c 32 /dev/urandom | base64 | tr -d '\n'
}

if [ ! -e bank.secret.env ]; then
  cat > bank.secret.env << END
BANK_JWT_SECRET=$(secret)
BANK_ADMIN_USERNAME=banker
BANK_ADMIN_PASSWORD=$(secret)
END
fi
if [ ! -e database.secret.env ]; then
  cat > database.secret.env << END
username=bank
password=$(secret)
END
fi
