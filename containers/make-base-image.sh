#!/bin/sh
# Makes a small base image of this machine's Java and C library, as a tar that `./assay image build --base FILE.tar` takes. It has no shell,
# and making it needs no engine, no registry and no network. The same machine makes the same bytes.
# Needs a JDK with jmods and GNU tar; strip, where there is one, makes it smaller.
set -eu

if [ $# -ne 1 ]; then
  echo "usage: make-base-image.sh FILE.tar" >&2
  exit 64
fi
out=$1
java=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac || echo /nowhere/bin/javac)")")")}
if [ ! -x "$java/bin/jlink" ] || [ ! -d "$java/jmods" ]; then
  echo "make-base-image: there is no JDK with jmods in $java; set JAVA_HOME." >&2
  exit 69
fi
case $(uname -sm) in
  'Linux x86_64') architecture=amd64 loader=/lib64/ld-linux-x86-64.so.2 ;;
  'Linux aarch64') architecture=arm64 loader=/lib/ld-linux-aarch64.so.1 ;;
  *) echo "make-base-image: $(uname -sm) is neither Linux on x86_64 nor on aarch64." >&2; exit 69 ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
umask 022
mkdir -p "$root/usr/bin" "$root/usr/lib64" "$root/etc/ssl/certs" "$root/tmp" "$root/proc" "$root/sys" "$root/dev" "$root/work"
ln -s usr/bin "$root/bin"
ln -s usr/lib "$root/lib"
ln -s usr/lib64 "$root/lib64"

"$java/bin/jlink" --output "$root/opt/java" --strip-debug --no-header-files --no-man-pages --include-locales=en \
  --add-modules java.se,jdk.unsupported,jdk.zipfs,jdk.jfr,jdk.httpserver,jdk.crypto.ec,jdk.management,jdk.jcmd,jdk.localedata

# What Java and libtorch are linked with, where the loader of this machine finds it.
for library in libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1 libresolv.so.2 libnss_dns.so.2 libnss_files.so.2 \
  libgcc_s.so.1 libz.so.1 libstdc++.so.6 libgomp.so.1; do
  found=$(/sbin/ldconfig -p | awk -v name="$library" '$1 == name && /64/ { print $NF; exit }')
  if [ -z "$found" ]; then
    echo "make-base-image: this machine has no $library." >&2
    exit 69
  fi
  mkdir -p "$root/usr/lib/$(uname -m)-linux-gnu"
  cp -L "$found" "$root/usr/lib/$(uname -m)-linux-gnu/"
done
cp -L "$loader" "$root$loader"
if command -v strip >/dev/null; then
  find "$root" -type f -name '*.so*' -exec strip --strip-unneeded {} + 2>/dev/null || true
fi
echo "/usr/lib/$(uname -m)-linux-gnu" >"$root/etc/ld.so.conf"
/sbin/ldconfig -r "$root" 2>/dev/null
rm -rf "$root/var"

if [ -r /etc/ssl/certs/ca-certificates.crt ]; then cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"; fi
printf 'root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/work:/sbin/nologin\n' >"$root/etc/passwd"
printf 'root:x:0:\nnonroot:x:65532:\n' >"$root/etc/group"
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
chmod 1777 "$root/tmp"

pack() { tar --numeric-owner --owner=0 --group=0 --sort=name --mtime=@0 --format=gnu -C "$1" -cf "$2" .; }
mkdir "$work/image"
pack "$root" "$work/image/layer.tar"
layer=$(sha256sum "$work/image/layer.tar" | cut -d' ' -f1)
cat >"$work/image/config.json" <<JSON
{"architecture":"$architecture","os":"linux","created":"1970-01-01T00:00:00Z","config":{"Env":["PATH=/opt/java/bin:/usr/bin","JAVA_HOME=/opt/java","LANG=C.UTF-8","SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"]},"rootfs":{"type":"layers","diff_ids":["sha256:$layer"]},"history":[{"created":"1970-01-01T00:00:00Z","created_by":"make-base-image.sh"}]}
JSON
echo '[{"Config":"config.json","RepoTags":["assay/base:latest"],"Layers":["layer.tar"]}]' >"$work/image/manifest.json"
tar --numeric-owner --owner=0 --group=0 --sort=name --mtime=@0 --format=gnu -C "$work/image" -cf "$out.new" config.json layer.tar manifest.json
mv "$out.new" "$out"
