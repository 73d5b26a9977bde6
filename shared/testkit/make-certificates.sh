#!/usr/bin/env bash
# Makes testkit/certificates anew: authorities and signers as certificate authorities really make them, policies above all.
#
# A PKI of its own beside that of make-signatures.sh, so that neither has to be made again for the other. Needs openssl 3.
# Keys are thrown away. Everything here is for tests only: no service may trust these authorities.
set -euo pipefail
out=$(cd "$(dirname "$0")" && pwd)/certificates
work=$(mktemp -d)
trap 'code=$?; [ $code = 0 ] || tail -n 5 "$work/log" >&2; rm -rf "$work"' EXIT
cd "$work"
find "$out" -type f ! -name expected.toml ! -name README.md ! -name .gitattributes -delete

export CA=none
FROM=20260101000000Z
UNTIL=20460101000000Z
# Policies under 2.25.1: the arc 2.25 is for whoever makes a UUID, and 1 is nobody's.
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
[issuing_with_policy]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
certificatePolicies = critical, 2.25.1.1
[issuing_that_demands_policy]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
certificatePolicies = critical, 2.25.1.1
policyConstraints = critical, requireExplicitPolicy:0
[issuing_without_any_policy]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
certificatePolicies = critical, 2.25.1.1
policyConstraints = critical, requireExplicitPolicy:0
inhibitAnyPolicy = critical, 0
[issuing_with_unknown_extension]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
1.2.3.4.6 = critical, DER:0500
[issuing_for_one_organisation]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
nameConstraints = critical, permitted;dirName:supplier
[issuing_with_odd_constraint]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
nameConstraints = critical, permitted;RID:1.2.3.4
[supplier]
C = GB
O = Test Supplier
[person]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
authorityKeyIdentifier = keyid
[person_with_policy]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
authorityKeyIdentifier = keyid
certificatePolicies = critical, 2.25.1.1
[person_with_other_policy]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
authorityKeyIdentifier = keyid
certificatePolicies = critical, 2.25.1.2
[person_with_any_policy]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
authorityKeyIdentifier = keyid
certificatePolicies = critical, 2.5.29.32.0
CNF

key() { openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out "$1.key"; }
authority() { # name issuer extensions common-name: an authority in the folder ca-NAME
    mkdir "ca-$1" && : > "ca-$1/index.txt" && echo 01 > "ca-$1/crlnumber"
    key "ca-$1/ca"
    openssl req -new -config ca.cnf -key "ca-$1/ca.key" -subj "/C=GB/O=Sluice test PKI/CN=$4" -out "ca-$1/ca.csr"
    local sign=(-config ca.cnf -in "ca-$1/ca.csr" -notext -extensions "$3" -startdate $FROM -enddate $UNTIL -out "ca-$1/ca.pem")
    if [ "$2" = self ]; then
        CA=ca-$1 openssl ca -batch -selfsign -keyfile "ca-$1/ca.key" "${sign[@]}" 2>>"$work/log"
    else
        CA=ca-$2 openssl ca -batch "${sign[@]}" 2>>"$work/log"
    fi
}
# A certificate whose subject names a device's EUI-64 as a BIT STRING in x500UniqueIdentifier, which `openssl ca` does not issue;
# perhaps with one more extension, or one more line in the first.
in_smart_metering() { # name issuer [extension] [line]
    key "$1"
    local point issuer signature
    point=$(openssl pkey -in "$1.key" -pubout -outform DER | tail -c 65 | hex)
    issuer=$(openssl x509 -in "ca-$2/ca.pem" -noout -subject -nameopt sep_multiline,sname | sed -n 's/^ *CN=//p')
    local more=${3:-} line=${4:-}
    certificate() { # signature in hex, or the part that is signed
        cat > certificate.cnf <<CNF
asn1 = SEQUENCE:${2:-certificate}
[certificate]
info = SEQUENCE:info
algorithm = SEQUENCE:ecdsa
signature = FORMAT:HEX,BITSTRING:$1
[info]
version = EXPLICIT:0,INTEGER:2
serial = INTEGER:0x49be53d05802fa05
algorithm = SEQUENCE:ecdsa
issuer = SEQUENCE:issuer
validity = SEQUENCE:validity
subject = SEQUENCE:subject
key = SEQUENCE:key
extensions = EXPLICIT:3,SEQUENCE:extensions
[ecdsa]
oid = OID:ecdsa-with-SHA256
[validity]
from = UTCTIME:${FROM#20}
until = UTCTIME:${UNTIL#20}
[key]
algorithm = SEQUENCE:curve
point = FORMAT:HEX,BITSTRING:$point
[curve]
kind = OID:id-ecPublicKey
curve = OID:prime256v1
[issuer]
country = SET:country
organisation = SET:organisation
name = SET:authority
[country]
pair = SEQUENCE:country_pair
[country_pair]
oid = OID:countryName
value = PRINTABLESTRING:GB
[organisation]
pair = SEQUENCE:organisation_pair
[organisation_pair]
oid = OID:organizationName
value = UTF8String:Sluice test PKI
[authority]
pair = SEQUENCE:authority_pair
[authority_pair]
oid = OID:commonName
value = UTF8String:$issuer
[subject]
name = SET:name
role = SET:role
device = SET:device
[name]
pair = SEQUENCE:name_pair
[name_pair]
oid = OID:commonName
value = UTF8String:TESTSUPPLIER
[role]
unit = SEQUENCE:unit
[device]
identifier = SEQUENCE:identifier
[unit]
oid = OID:organizationalUnitName
value = UTF8String:02
[identifier]
oid = OID:x500UniqueIdentifier
value = FORMAT:HEX,BITSTRING:90B3D51F30010000
[extensions]
usage = SEQUENCE:usage
key_identifier = SEQUENCE:key_identifier
policies = SEQUENCE:policies
$more
[usage]
oid = OID:keyUsage
critical = BOOLEAN:true
value = FORMAT:HEX,OCTETSTRING:03020780
[key_identifier]
oid = OID:subjectKeyIdentifier
$line
value = FORMAT:HEX,OCTETSTRING:04080011223344556677
[policies]
oid = OID:certificatePolicies
critical = BOOLEAN:true
value = OCTWRAP,SEQUENCE:policy_list
[policy_list]
first = SEQUENCE:policy
[policy]
oid = OID:2.25.1.1
CNF
        openssl asn1parse -genconf certificate.cnf -noout -out certificate.der
    }
    certificate 00 info
    signature=$(openssl dgst -sha256 -sign "ca-$2/ca.key" certificate.der | hex)
    certificate "$signature"
    openssl x509 -inform DER -in certificate.der -out "$1.pem"
}
hex() { od -An -v -tx1 | tr -d ' \n'; }
person() { # name issuer extensions [subject [until]]
    key "$1"
    openssl req -new -config ca.cnf -key "$1.key" -subj "${4:-/C=GB/O=Test Supplier/CN=Test ARO 1}" -out "$1.csr"
    CA=ca-$2 openssl ca -batch -config ca.cnf -in "$1.csr" -notext -extensions "$3" \
        -startdate $FROM -enddate "${5:-$UNTIL}" -out "$1.pem" 2>>"$work/log"
}
list() { # authority [from until]
    CA=ca-$1 openssl ca -config ca.cnf -gencrl -crl_lastupdate "${2:-20260601000000Z}" -crl_nextupdate "${3:-$UNTIL}" 2>>"$work/log" >> "$out/crls.pem"
}
sign() { # output person issuer
    openssl cms -sign -binary -md sha256 -cades -in "$out/file.csv" -signer "$2.pem" -inkey "$2.key" \
        -certfile "ca-$3/ca.pem" -outform DER -out "$out/$1"
}
signed_by() { # output issuer extensions [subject [until]]
    local who=${1%.p7s}
    person "$who" "$2" "$3" "${@:4}"
    sign "$1" "$who" "$2"
}

printf 'UserID,ServiceReferenceVariant,Period,WarningThreshold,QuarantineThreshold,EffectiveFrom,EffectiveTo\n90-B3-D5-1F-30-01-00-00,7.2,P1D,100,200,,\n' > "$out/file.csv"

authority root self root "Certificates test root"
authority issuing root issuing "Certificates test issuing authority"
authority policy root issuing_with_policy "Certificates test authority with a policy"
authority demanding root issuing_that_demands_policy "Certificates test authority that demands a policy"
authority exact root issuing_without_any_policy "Certificates test authority that inhibits any policy"
authority unknown root issuing_with_unknown_extension "Certificates test authority with an unknown extension"
authority constrained root issuing_for_one_organisation "Certificates test authority for one organisation"
authority odd root issuing_with_odd_constraint "Certificates test authority with an odd constraint"
authority unlisted root issuing "Certificates test authority without a list"
authority former root issuing "Certificates test authority with a forged list"

signed_by good-policy-of-signer.p7s issuing person_with_policy
signed_by good-policy-of-authority.p7s policy person
signed_by good-policy-of-both.p7s policy person_with_policy
signed_by good-policies-that-differ.p7s policy person_with_other_policy
signed_by good-demanded-policy.p7s demanding person_with_policy
signed_by good-demanded-policy-any.p7s demanding person_with_any_policy
in_smart_metering smart-metering issuing
sign good-smart-metering.p7s smart-metering issuing
# Not quite DER, which leaves a default value out; some authorities write it.
in_smart_metering written-out issuing "" "critical = BOOLEAN:false"
sign good-critical-false-written-out.p7s written-out issuing
in_smart_metering twice issuing "policies_again = SEQUENCE:policies"
sign extension-twice.p7s twice issuing
signed_by name-of-its-authority.p7s issuing person "/C=GB/O=Sluice test PKI/CN=Certificates test issuing authority"
signed_by good-name-of-organisation.p7s constrained person
signed_by demanded-policy-missing.p7s demanding person
signed_by demanded-policy-other.p7s demanding person_with_other_policy
signed_by any-policy-inhibited.p7s exact person_with_any_policy
signed_by unknown-critical-extension-of-authority.p7s unknown person
signed_by name-of-other-organisation.p7s constrained person "/C=GB/O=Other Supplier/CN=Test ARO 1"
signed_by name-constraint-of-unknown-form.p7s odd person
# In force at the time in expected.toml, and ended before anybody can have run this.
signed_by signed-after-certificate-ended.p7s issuing person "/C=GB/O=Test Supplier/CN=Test ARO 1" 20261102000000Z
signed_by list-missing.p7s unlisted person
signed_by list-forged.p7s former person

: > "$out/crls.pem"
# An older list that the next one replaces.
list issuing 20260201000000Z 20260701000000Z
for name in root issuing policy demanding exact unknown constrained odd; do list $name; done
# A list in the authority's name, signed with a key that is not its own.
cp -r ca-former ca-forger && key ca-forger/ca
openssl req -new -x509 -config ca.cnf -key ca-forger/ca.key -subj "/C=GB/O=Sluice test PKI/CN=Certificates test authority with a forged list" \
    -extensions root -days 3650 -out ca-forger/ca.pem
list forger
cp ca-root/ca.pem "$out/root.pem"
