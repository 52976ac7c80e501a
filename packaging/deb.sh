#!/usr/bin/env bash
# Make a Debian package of dist/anifro-desktop (made by PyInstaller). Usage, anywhere: packaging/deb.sh
# Build on the oldest system to be served: the package wants that system's glibc.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
architecture=$(dpkg --print-architecture)
glibc=$(ldd --version | sed -n '1s/.* //p')
root=build/deb
rm -rf "$root"
install -d "$root/DEBIAN" "$root/usr/lib" "$root/usr/bin" "$root/usr/share/applications" \
    "$root/usr/share/doc/anifro-desktop"
cp -r dist/anifro-desktop "$root/usr/lib/"
ln -s ../lib/anifro-desktop/anifro-desktop "$root/usr/bin/anifro-desktop"
install -m 644 packaging/anifro-desktop.desktop "$root/usr/share/applications/"
install -m 644 README.md CHANGELOG.md "$root/usr/share/doc/anifro-desktop/"
# PyInstaller leaves to the system what belongs to its graphics; a bare system has no font either.
cat > "$root/DEBIAN/control" <<CONTROL
Package: anifro-desktop
Version: $version
Architecture: $architecture
Maintainer: The Anifro study centre, Pisa
Depends: libc6 (>= $glibc), libgl1, libegl1, libxcb1, fonts-inter | fonts-noto-core | fonts-dejavu-core
Section: science
Priority: optional
Installed-Size: $(du -ks "$root/usr" | cut -f1)
Description: Bedside data capture for the anifrolumab study (NCT07215754)
 Records visits of an observational study in systemic lupus erythematosus, without a network.
CONTROL
mkdir -p dist
dpkg-deb --build --root-owner-group "$root" "dist/anifro-desktop_${version}_${architecture}.deb"
