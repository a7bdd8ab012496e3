"""demo_ask - what awardctl shows of the office of AWARD_HOME, as data."""
import json
import subprocess


def ask(*words):
    done = subprocess.run(["awardctl", *words, "--output", "json"], capture_output=True, text=True,
                          check=False)
    if done.returncode != 0:
        raise SystemExit(f"awardctl {' '.join(words)}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def cases():
    return ask("case", "list", "--as", "supervision")["rows"]
