"""Reads pip-audit's JSON on standard input: what is known to be weak, and what could not be looked up."""

import json
import sys


def main() -> int:
    packages = json.loads(sys.stdin.read() or "{}").get("dependencies", [])
    looked_up = [package for package in packages if "vulns" in package and not package.get("skip_reason")]
    weak = [package for package in looked_up if package["vulns"]]
    for package in weak:
        print(package["name"], package["version"], ", ".join(each["id"] for each in package["vulns"]))
    if not looked_up:
        print("The service that lists known weaknesses could not be asked: none were looked up.")
    else:
        print(f"{len(looked_up)} packages looked up, {len(weak)} with a known weakness.")
        if missed := len(packages) - len(looked_up):
            print(f"{missed} packages could not be looked up: nothing is known of them.")
    return 1 if weak else 0


if __name__ == "__main__":
    sys.exit(main())
