# shellcheck shell=bash
# The container image: built once from lab/image, kept in the cache under a hash of that recipe.

LAB_RECIPE_DIR=$LAB_ROOT/image

# A changed recipe is another image.
image_recipe() {
  local hash
  hash=$({
    echo "$LAB_SUITE $(dpkg --print-architecture)"
    cd "$LAB_RECIPE_DIR" && find . -type f | LC_ALL=C sort | while read -r file; do sha256sum "$file"; done
  } | sha256sum)
  printf '%s' "${hash:0:16}"
}
image_dir() { printf '%s/image-%s' "$LAB_CACHE" "$(image_recipe)"; }

# LXD's name of a split image: SHA-256 over the metadata and the root file system, one after the other.
image_fingerprint() { cat "$(image_dir)/fingerprint"; }

# The mirror that this machine's own apt uses; the suite may be another one.
debian_mirror() {
  local origin label uri
  while IFS='|' read -r origin label uri; do
    if [ "$origin" = Debian ] && [ "$label" = Debian ] && [[ $uri == http* ]]; then
      printf '%s' "${uri%/}"
      return
    fi
  done < <(apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' 'Created-By: Packages' 2>/dev/null)
  printf 'http://deb.debian.org/debian'
}

ensure_image() {
  local dir work
  dir=$(image_dir)
  if [ -s "$dir/fingerprint" ]; then
    say "image: $LAB_IMAGE_ALIAS is in the cache ($(du -sh "$dir" | cut -f1))"
    return
  fi
  mkdir -p "$LAB_CACHE"
  rm -rf --one-file-system "$LAB_CACHE"/build.* # of a run that was cut off
  work=$(mktemp -d "$LAB_CACHE/build.XXXXXX")
  chmod 755 "$work"
  build_root "$work/root" "$work/debootstrap.log"
  pack_image "$work/root" "$work/out"
  rm -rf --one-file-system "$LAB_CACHE"/image-*
  mv "$work/out" "$dir"
  rm -rf --one-file-system "$work"
  say "image: built, $(du -sh "$dir" | cut -f1) in $dir"
}

pack_image() { # ROOT OUT
  local root=$1 out=$2 arch
  arch=$(uname -m)
  mkdir -p "$out/meta"
  say "image: packing"
  cp -r "$LAB_RECIPE_DIR/templates" "$out/meta/"
  sed -e "s/@ARCH@/$arch/g" -e "s/@CREATED@/$(date +%s)/" -e "s/@DATE@/$(date +%Y-%m-%d)/" \
    -e "s/@RECIPE@/$(image_recipe)/" "$LAB_RECIPE_DIR/metadata.yaml.in" >"$out/meta/metadata.yaml"
  tar -C "$out/meta" --owner=0 --group=0 -cJf "$out/meta.tar.xz" metadata.yaml templates
  rm -rf "$out/meta"
  bound mksquashfs "$root" "$out/rootfs.squashfs" -comp zstd -noappend -no-progress -quiet >/dev/null 2>"$out.log" ||
    fail "mksquashfs: $(tail -n 1 "$out.log")"
  cat "$out/meta.tar.xz" "$out/rootfs.squashfs" | sha256sum | cut -d' ' -f1 >"$out/fingerprint"
}

# Makes the image known to a host under its alias. The alias moves in one step and an older image goes
# last, so that whoever creates a container meanwhile finds the one or the other.
ensure_image_on() { # NODE
  local node=$1 want have
  want=$(image_fingerprint)
  have=$(alias_target "$node")
  if [ "$have" = "$want" ]; then return; fi
  say "$node: importing the image"
  if ! lxc_on "$node" image info "$want" >/dev/null 2>&1; then
    lxc_on "$node" image import "$(image_dir)/meta.tar.xz" "$(image_dir)/rootfs.squashfs" >/dev/null
  fi
  if [ -n "$have" ]; then
    lxc_on "$node" query -X PUT "$(alias_path)" -d "{\"target\":\"$want\"}" >/dev/null
    lxc_on "$node" image delete "$have" >/dev/null || true
  else
    lxc_on "$node" image alias create "$LAB_IMAGE_ALIAS" "$want"
  fi
}
alias_path() { printf '/1.0/images/aliases/%s' "${LAB_IMAGE_ALIAS/\//%2F}"; }
alias_target() {
  lxc_on "$1" query "$(alias_path)" 2>/dev/null | sed -n 's/.*"target": *"\([0-9a-f]*\)".*/\1/p' || true
}
