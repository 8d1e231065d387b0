#!/bin/sh
# Makes up the secrets of compose.yaml at its first start; later starts leave them as they are.
set -eu
umask 077
cd /run/secrets

secret() {
  head -c 32 /dev/urandom | base64 | tr -d '\n'
}

if [ ! -e bank.properties ]; then
  password=$(secret)
  printf '%s' "$password" > database-password
  cat > bank.properties.draft << END
bank.database.password=$password
bank.jwt-secret=$(secret)
bank.admin.username=banker
bank.admin.password=$(secret)
END
  # The readers' numbers in their images: postgres, nobody of the bank's. Root's group may look, too.
  chmod 0440 database-password bank.properties.draft
  chown 70:0 database-password
  chown 65532:0 bank.properties.draft
  mv bank.properties.draft bank.properties
fi
# So that each reader can come in and open what it knows the name of.
chmod 0711 .
