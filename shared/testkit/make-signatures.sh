#!/usr/bin/env bash
# Makes testkit/signatures anew: a tiny PKI of its own, and one signature for each defect, named by it.
#
# Needs openssl 3. Dates are fixed; keys, serial numbers and signing times are not, so a new run changes every file.
# Everything here is for tests only: no service may trust these authorities, and the one private key that is kept
# (aro.test-only.key) protects nothing.
set -euo pipefail
out=$(cd "$(dirname "$0")" && pwd)/signatures
work=$(mktemp -d)
trap 'code=$?; [ $code = 0 ] || tail -n 5 "$work/log" >&2; rm -rf "$work"' EXIT
cd "$work"
find "$out" -type f ! -name expected.toml ! -name README.md ! -name .gitattributes -delete

# The folder of the authority at work; the configuration reads it.
export CA=none
FROM=20260101000000Z
UNTIL=20460101000000Z

cat > ca.cnf <<'CNF'
[ca]
default_ca = authority
[authority]
dir = $ENV::CA
database = $dir/index.txt
new_certs_dir = $dir
certificate = $dir/ca.pem
private_key = $dir/ca.key
crlnumber = $dir/crlnumber
default_md = sha256
policy = any
unique_subject = no
rand_serial = yes
crl_extensions = crl
email_in_dn = yes
[crl]
authorityKeyIdentifier = keyid:always
[any]
countryName = optional
organizationName = optional
commonName = supplied
[req]
distinguished_name = none
[none]
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[issuing]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[signs_lists_only]
basicConstraints = critical, CA:TRUE
keyUsage = critical, cRLSign
[person]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, nonRepudiation
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[person_mail]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = emailProtection, clientAuth
[encipher_only]
basicConstraints = critical, CA:FALSE
keyUsage = critical, keyEncipherment
[no_usage]
basicConstraints = critical, CA:FALSE
[server_only]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
[person_critical]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
1.2.3.4.5 = critical, DER:0500
CNF

key() { # name kind
    case $2 in
        p256 | p384) openssl ecparam -name "$([ "$2" = p256 ] && echo prime256v1 || echo secp384r1)" -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out "$1.key" ;;
        rsa*) openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:"${2#rsa}" -out "$1.key" ;;
    esac
}
authority() { # name issuer extensions common-name: an authority in the folder ca-NAME
    mkdir "ca-$1" && : > "ca-$1/index.txt" && echo 01 > "ca-$1/crlnumber"
    key "ca-$1/ca" p256
    openssl req -new -config ca.cnf -key "ca-$1/ca.key" -subj "/C=GB/O=Sluice test PKI/CN=$4" -out "ca-$1/ca.csr"
    if [ "$2" = self ]; then
        CA=ca-$1 openssl ca -batch -config ca.cnf -selfsign -keyfile "ca-$1/ca.key" -in "ca-$1/ca.csr" -notext \
            -extensions "$3" -startdate $FROM -enddate $UNTIL -out "ca-$1/ca.pem" 2>>"$work/log"
    else
        CA=ca-$2 openssl ca -batch -config ca.cnf -in "ca-$1/ca.csr" -notext -extensions "$3" \
            -startdate $FROM -enddate $UNTIL -out "ca-$1/ca.pem" 2>>"$work/log"
    fi
}
person() { # name kind issuer extensions [from until [md]]
    [ -f "$1.key" ] || key "$1" "$2"
    openssl req -new -config ca.cnf -key "$1.key" -subj "/C=GB/O=Test Supplier/CN=Test ARO 1" -out "$1.csr"
    CA=ca-$3 openssl ca -batch -config ca.cnf -in "$1.csr" -notext -extensions "$4" -md "${7:-sha256}" \
        -startdate "${5:-$FROM}" -enddate "${6:-$UNTIL}" -out "$1.pem" 2>>"$work/log"
}
revoke() { CA=ca-$1 openssl ca -config ca.cnf -revoke "$2" 2>>"$work/log"; }
list() { # authority [until]
    CA=ca-$1 openssl ca -config ca.cnf -gencrl -crl_lastupdate $FROM -crl_nextupdate "${2:-$UNTIL}" 2>>"$work/log" >> "$out/crls.pem"
}
sign() { # output person [options]: with the issuing authority's certificate, unless another -certfile follows
    local to=$1 who=$2
    shift 2
    openssl cms -sign -binary -md sha256 -in "$out/file.csv" -signer "$who.pem" -inkey "$who.key" \
        -certfile ca-issuing/ca.pem -outform DER -out "$out/$to" "$@"
}

together() { cat "$@" > together.pem && echo together.pem; }

authority root self root "Test root"
authority issuing root issuing "Test issuing authority"
authority stranger self root "Test stranger"
authority withdrawn root issuing "Test withdrawn authority"
authority unlisted root issuing "Test authority without a list"
authority stale root issuing "Test authority with an old list"
authority below issuing issuing "Test authority below the last"
authority lists root signs_lists_only "Test authority for lists"

printf 'UserID,ServiceReferenceVariant,Period,WarningThreshold,QuarantineThreshold,EffectiveFrom,EffectiveTo\n90-B3-D5-1F-30-01-00-00,7.2,P1D,100,200,,\n' > "$out/file.csv"

# Good ones.
person aro p256 issuing person
sign good-p256.p7s aro -cades
sign good-without-signing-certificate.p7s aro
sign good-key-identifier.p7s aro -keyid
sign good-pem.p7s aro -cades -outform PEM
sign good-enveloping.p7m aro -cades -nodetach
sign good-enveloping-streamed.p7m aro -cades -nodetach -stream
sign good-extra-certificate.p7s aro -certfile "$(together ca-issuing/ca.pem ca-root/ca.pem)"
for bits in 2048 3072 4096; do
    person "rsa$bits" "rsa$bits" issuing person
    sign "good-rsa-$bits.p7s" "rsa$bits" -cades
done
person mail p256 issuing person_mail
sign good-mail-certificate.p7s mail

# The form.
cp "$out/file.csv" "$out/not-cms.p7s"
sign mail-message.p7s aro -outform SMIME
openssl crl2pkcs7 -nocrl -certfile aro.pem -outform DER -out "$out/without-signer.p7s"
sign with-several-signers.p7s aro -signer mail.pem -inkey mail.key
sign without-signed-attributes.p7s aro -noattr
sign certificate-missing.p7s aro -nocerts

# The content and the signature value.
sed 's/200/201/' "$out/file.csv" > other.csv
sign of-other-content.p7s aro -in other.csv
openssl cms -sign -md sha256 -in "$out/file.csv" -signer aro.pem -inkey aro.key -certfile ca-issuing/ca.pem -outform DER \
    -out "$out/text-mode.p7s"
# The last byte of the file is the last byte of the signature value.
last=$(tail -c 1 "$out/good-p256.p7s" | od -An -tu1)
{ head -c -1 "$out/good-p256.p7s"; printf "\\$(printf %03o $(((last + 1) % 256)))"; } > "$out/tampered-signature.p7s"

# Algorithms and keys.
sign sha1.p7s aro -md sha1
sign sha384.p7s aro -md sha384
sign rsa-pss.p7s rsa2048 -keyopt rsa_padding_mode:pss
person rsa1024 rsa1024 issuing person
sign rsa-1024.p7s rsa1024
person p384 p384 issuing person
sign curve-p384.p7s p384
person weak p256 issuing person $FROM $UNTIL sha1
sign certificate-sha1.p7s weak

# Certificates and paths.
person expired p256 issuing person 20260101000000Z 20260201000000Z
sign expired.p7s expired
person early p256 issuing person 20400101000000Z $UNTIL
sign not-yet-valid.p7s early
person revoked p256 issuing person
sign revoked.p7s revoked
revoke issuing revoked.pem
person stranger p256 stranger person
sign unknown-root.p7s stranger -certfile ca-stranger/ca.pem
openssl cms -sign -binary -md sha256 -in "$out/file.csv" -signer aro.pem -inkey aro.key -outform DER -out "$out/intermediate-missing.p7s"
person encipher p256 issuing encipher_only
sign wrong-usage.p7s encipher
person nousage p256 issuing no_usage
sign without-usage.p7s nousage
person server p256 issuing server_only
sign wrong-purpose.p7s server
person authority p256 root root
sign authority-as-signer.p7s authority
person critical p256 issuing person_critical
sign unknown-critical-extension.p7s critical
person below p256 below person
sign path-too-long.p7s below -certfile "$(together ca-issuing/ca.pem ca-below/ca.pem)"
mkdir ca-person && : > ca-person/index.txt && echo 01 > ca-person/crlnumber
cp aro.pem ca-person/ca.pem && cp aro.key ca-person/ca.key
person underperson p256 person person
sign issuer-not-an-authority.p7s underperson -certfile "$(together ca-issuing/ca.pem aro.pem)"
person underlists p256 lists person
sign issuer-may-not-issue.p7s underlists -certfile ca-lists/ca.pem

# Revocation.
person underwithdrawn p256 withdrawn person
sign revoked-authority.p7s underwithdrawn -certfile ca-withdrawn/ca.pem
revoke root ca-withdrawn/ca.pem
person underunlisted p256 unlisted person
sign without-revocation-list.p7s underunlisted -certfile ca-unlisted/ca.pem
person understale p256 stale person
sign stale-revocation-list.p7s understale -certfile ca-stale/ca.pem

: > "$out/crls.pem"
for name in root issuing stranger withdrawn below lists person; do list "$name"; done
list stale 20260301000000Z

# A second certificate of the same key and person, for a signature that names the other one.
cp aro.key renewed.key && person renewed p256 issuing person

cp ca-root/ca.pem "$out/root.pem"
cp ca-issuing/ca.pem "$out/issuing.pem"
cp aro.pem "$out/aro.pem"
cp renewed.pem "$out/aro-renewed.pem"
{ echo "TEST ONLY: this key protects nothing and is trusted by nothing."; cat aro.key; } > "$out/aro.test-only.key"
