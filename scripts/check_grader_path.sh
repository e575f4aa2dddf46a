#!/bin/sh
# Does what a grader does: a folder with the jar, requirements.txt and vocode.py, a new virtual
# environment, no other Java; then the same with what 'submit' packs. Needs the jar built.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
say() { printf 'grader: %s\n' "$*"; }

handed_in=$scratch/handed-in
mkdir "$handed_in"
cp "$root/java/cli/target/vocalise.jar" "$root/requirements.txt" "$root/vocode.py" "$handed_in"

python3 -m venv "$scratch/venv"
"$scratch/venv/bin/python" -m pip install -q --disable-pip-version-check -r "$handed_in/requirements.txt"
path=$scratch/venv/bin
if env -i PATH="$path" /bin/sh -c 'command -v java'; then
  say "there is another Java on $path"
  exit 1
fi
# Nothing of this shell's environment but the folders that every user has.
vocode() { (cd "$handed_in" && env -i PATH="$path" HOME="$scratch" python vocode.py "$@"); }

vocode --version
clips=$root/../shared/data/singing_open
if [ -d "$clips" ]; then
  mkdir "$scratch/clips"
  cp "$clips"/vocadito_1*.flac "$scratch/clips"
elif [ "${CI:-}" = true ]; then
  say "$clips is missing"
  exit 1
else
  vocode demo -o "$scratch/clips"
  rm -f "$scratch"/clips/*.npy "$scratch"/clips/*vocoded*
fi
vocode mel "$scratch/clips" -o "$scratch/mels" --quiet
# The shipped voice, which the jar has inside.
vocode vocode "$scratch/mels" -o "$scratch/wavs" --quiet
grep -q '"model" *: *"singing-small"' "$scratch/wavs/manifest.json"
words=$(vocode vocode "$scratch/mels" --verify "$scratch/wavs/manifest.json")
printf '%s\n' "$words"
case $words in
  *" files identical") ;;
  *) exit 1 ;;
esac
say "the wav files are reproduced by Java of a wheel"

# The same with what 'submit' packs, from another folder and with a test folder of the grader's own.
mkdir "$scratch/test"
number=1
for mel in "$scratch"/mels/*.npy; do
  cp "$mel" "$scratch/test/$(printf '%03d' "$number").npy"
  number=$((number + 1))
done
vocode submit --student-id r12345678 --mels "$scratch/test" --allow-missing \
  -o "$scratch/hand-in" --quiet
"$path/python" -m zipfile -e "$scratch/hand-in/r12345678.zip" "$scratch/uploaded"
"$path/python" -m zipfile -e "$scratch/hand-in/r12345678-code.zip" "$scratch/graded"
handed_in=$scratch/graded/r12345678-code
cmp "$root/onnx/singing-small.onnx" "$handed_in/model.onnx"
vocode vocode "$scratch/test" -o "$scratch/again" --model model.onnx --quiet
for wav in "$scratch"/uploaded/r12345678/*.wav; do
  cmp "$wav" "$scratch/again/${wav##*/}"
done
words=$(vocode vocode "$scratch/test" --verify manifest.json --model model.onnx)
printf '%s\n' "$words"
case $words in
  *" files identical") ;;
  *) exit 1 ;;
esac
say "the hand-in of 'submit' reproduces its wav files"
