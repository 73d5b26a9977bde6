#!/usr/bin/env bash
# Makes testkit/key-files anew: PKCS #12 files with a key of their own, as far as tools differ in what they write. Password: x.
#
# Needs openssl 3. Keys and salts are new with every run, so a new run changes every file. The keys are for tests only: no authority has
# ever certified them.
set -euo pipefail
out=$(cd "$(dirname "$0")" && pwd)/key-files
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout key.pem -out certificate.pem -days 7000 \
  -subj "/C=GB/O=Test only/CN=Test only" 2>/dev/null
export_key() {
  openssl pkcs12 -export -inkey key.pem -in certificate.pem -passout pass:x -out "$out/$1" "${@:2}"
}
export_key good.p12
export_key without-seal.p12 -nomac
export_key key-without-lock.p12 -keypbe NONE
