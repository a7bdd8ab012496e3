#!/usr/bin/python3
"""registrations - so many enterprises to be registered, a line each, for `awardctl push`

    registrations.py COUNT
"""
import json
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "scenarios"))

from neighbours import SEED, credit_code  # noqa: E402

draw = random.Random(SEED)
for number in range(int(sys.argv[1])):
    code = credit_code(draw)
    body = {"enterprise": code, "name": f"重庆量具制造{number}有限公司", "region": "500109", "district": "500109",
            "industry": "C36", "legal_person": True, "operating_since": "2010-01-04"}
    print(json.dumps({"principal": "office", "id": f"registration-{number}", "enterprise_registered": body},
                     ensure_ascii=False))
