"""Serves this folder to a browser that it starts, waits for what the page measured, and writes it as JSON. Python 3.8, nothing else.

    python3 serve.py [--adapter hardware|software] [--runs 20] [--budget 60] [--out result.json] [--browser PROGRAM]
"""
import argparse
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
BROWSERS = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "chromium-headless-shell"]
# Whatever the page does may take no longer.
LIMIT_SEC = 3600
COMMON = ["--headless=new", "--enable-unsafe-webgpu", "--no-first-run", "--disable-breakpad", "--disable-dev-shm-usage"]
FLAGS = {
    "software": ["--use-webgpu-adapter=swiftshader"],
    # Without the last but one, Chromium gives the software adapter on a server with an NVIDIA card, and says nothing.
    "hardware": [
        "--enable-features=Vulkan",
        "--use-angle=vulkan",
        "--ignore-gpu-blocklist",
        "--disable-vulkan-surface",
        "--enable-dawn-features=vulkan_enable_f16_on_nvidia",
    ],
}
result = {}
arrived = threading.Event()


class Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = {".html": "text/html", ".mjs": "text/javascript", ".wasm": "application/wasm", ".json": "application/json", "": "application/octet-stream"}

    def end_headers(self):
        # Threads need both.
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()
        result.update(json.loads(body))
        arrived.set()

    def log_message(self, *_):
        pass


def find_browser(given):
    own = os.path.join(HERE, "chrome", "chromium")
    found = given or os.environ.get("CHROMIUM_PATH") or (own if os.access(own, os.X_OK) else None)
    found = found or next((path for path in map(shutil.which, BROWSERS) if path), None)
    if not found:
        sys.exit("No Chromium found. Name one with --browser, or put it into chrome/ (and its libraries into libs/).")
    return found


def bytes_of_tree(root):
    """Memory of a process and all that it started (proportional set size, so that nothing counts twice)."""
    parents = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat") as stat:
                parents[int(name)] = int(stat.read().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
    tree, grew = {root}, True
    while grew:
        more = {pid for pid, parent in parents.items() if parent in tree} - tree
        tree, grew = tree | more, bool(more)
    total = 0
    for pid in tree:
        try:
            with open(f"/proc/{pid}/smaps_rollup") as rollup:
                total += sum(int(line.split()[1]) for line in rollup if line.startswith("Pss:")) * 1024
        except OSError:
            continue
    return total


def bytes_of_card():
    """What an NVIDIA card holds, for all who use it; None without one."""
    try:
        query = ["nvidia-smi", "--query-gpu=memory.used", "--format=csv,noheader,nounits"]
        return sum(int(line) for line in subprocess.check_output(query, text=True).split()) * 1024 * 1024
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--adapter", choices=sorted(FLAGS), default="hardware")
    options.add_argument("--runs", type=int, default=20)
    options.add_argument("--budget", type=float, default=60, help="seconds for the runs of one thing")
    options.add_argument("--out", default=os.path.join(os.getcwd(), "result.json"))
    options.add_argument("--browser")
    asked = options.parse_args()
    browser = find_browser(asked.browser)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), lambda *args: Handler(*args, directory=HERE))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/?adapter={asked.adapter}&runs={asked.runs}&budget={asked.budget}"
    environment = dict(os.environ)
    if os.path.isdir(os.path.join(HERE, "libs")):
        environment["LD_LIBRARY_PATH"] = os.path.join(HERE, "libs")
    profile = tempfile.mkdtemp(prefix="crema-bench-")
    # Page messages show how far it is.
    flags = COMMON + FLAGS[asked.adapter] + [f"--user-data-dir={profile}", "--enable-logging=stderr", "--v=0"]
    flags += ["--no-sandbox"] if os.geteuid() == 0 else []
    begin, peak, peak_card = time.time(), 0, None
    with open(os.path.join(profile, "browser.log"), "w") as log:
        process = subprocess.Popen([browser, *flags, url], stdout=log, stderr=log, env=environment)
    try:
        while not arrived.wait(0.5):
            peak = max(peak, bytes_of_tree(process.pid))
            card = bytes_of_card()
            peak_card = peak_card if card is None else max(peak_card or 0, card)
            if process.poll() is not None or time.time() - begin > LIMIT_SEC:
                with open(os.path.join(profile, "browser.log")) as log:
                    sys.stderr.write(log.read()[-4000:])
                sys.exit("The browser ended, or took too long, before it had measured everything.")
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        shutil.rmtree(profile, ignore_errors=True)
    if "error" in result:
        sys.exit(f"The page failed: {result['error']}")
    result["memory"] = {"peakBytes": peak, "peakGpuBytes": peak_card}
    result["seconds"] = round(time.time() - begin, 1)
    with open(asked.out, "w") as out:
        json.dump(result, out, indent=1)
    for each in result["measured"]:
        print(f"{each['by']:16} {each['device']:7} {each['what']:38} x{each['batch']:<4} {each['medianMs']:10.1f} ms  ({each['p10Ms']:.1f}–{each['p90Ms']:.1f}, {each['runs']} runs{'' if each['isWarm'] else ', cold'})")
    print(f"{asked.out}: {result['adapter']['name'] if result['adapter'] else result['reason']}")


main()
