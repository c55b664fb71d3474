# Runs a command that sees folders at other places: mount.sh [SOURCE TARGET ro|rw]... -- COMMAND...
# It is meant for a mount namespace of its own.
set -eu
while [ "$1" != -- ]; do
  mkdir -p "$2"
  mount --bind "$1" "$2"
  if [ "$3" = ro ]; then mount -o remount,bind,ro "$2"; fi
  shift 3
done
shift
exec "$@"
