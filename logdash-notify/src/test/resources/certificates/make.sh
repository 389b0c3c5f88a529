#!/bin/sh
# Makes the certificates of the tests anew: one authority that the test JVM trusts, and servers with
# the right name, another name, a certificate that has ended, and one that nobody signed.
set -eu
cd "$(dirname "$0")"
rm -f ./*.p12
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
key() { keytool -storepass changeit -keypass changeit -storetype PKCS12 "$@"; }
pair="-genkeypair -keyalg EC -groupname secp256r1 -validity 36500"
key $pair -alias ca -keystore "$work/ca.p12" -dname CN=logdash-test-ca -ext bc:c
key -exportcert -rfc -alias ca -keystore "$work/ca.p12" -file "$work/ca.pem"
server() {
  key $pair -alias server -keystore "$1.p12" -dname "CN=$2"
  key -certreq -alias server -keystore "$1.p12" -file "$work/$1.csr"
  key -gencert -rfc -alias ca -keystore "$work/ca.p12" -infile "$work/$1.csr" -outfile "$work/$1.pem" -ext "san=$3" $4
  key -importcert -noprompt -alias ca -keystore "$1.p12" -file "$work/ca.pem"
  key -importcert -noprompt -alias server -keystore "$1.p12" -file "$work/$1.pem"
}
server localhost localhost dns:localhost,ip:127.0.0.1 "-validity 36500"
server elsewhere elsewhere.example dns:elsewhere.example "-validity 36500"
server expired localhost dns:localhost,ip:127.0.0.1 "-startdate 2020/01/01 -validity 30"
key $pair -alias server -keystore unknown.p12 -dname CN=localhost -ext san=dns:localhost,ip:127.0.0.1
key -importcert -noprompt -alias ca -keystore trusted.p12 -file "$work/ca.pem"
