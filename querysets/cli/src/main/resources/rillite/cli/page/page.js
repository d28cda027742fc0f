
"use strict";

// Works on what the page holds already; nothing is loaded, and nothing leaves the page.
(() => {
    const byId = (id) => document.getElementById(id);

    const entries = Array.from(document.querySelectorAll("#contents > li"), (item) => {
        const id = item.querySelector("a").hash.slice(1);
        return {
            item,
            id,
            section: byId(id),
            words: (item.querySelector("a").textContent + " " + item.dataset.columns).toLowerCase(),
        };
    });
    const boxes = new Map(
        Array.from(document.querySelectorAll("svg .box"), (box) => [box.getAttribute("href").slice(1), box]),
    );
    const links = Array.from(document.querySelectorAll("svg .link"));

    function filter(typed) {
        const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
        const found = new Set();
        for (const entry of entries) {
            const matches = words.every((word) => entry.words.includes(word));
            entry.item.hidden = !matches;
            entry.section.hidden = !matches;
            boxes.get(entry.id)?.classList.toggle("dim", !matches);
            if (matches) {
                found.add(entry.id);
            }
        }
        for (const link of links) {
            link.classList.toggle("dim", !(found.has(link.dataset.from) && found.has(link.dataset.to)));
        }
        byId("found").textContent = words.length === 0 ? "" : found.size + " of " + entries.length;
    }

    function light(id, lit) {
        for (const link of links) {
            if (link.dataset.from === id || link.dataset.to === id) {
                link.classList.toggle("lit", lit);
            }
        }
    }

    function zoom(factor) {
        const canvas = byId("canvas");
        if (canvas === null) {
            return;
        }
        const svg = canvas.querySelector("svg");
        const size = svg.getBoundingClientRect();
        const natural = svg.viewBox.baseVal;
        const width = Math.min(4 * natural.width, Math.max(200, Math.min(size.width, natural.width * 4) * factor));
        canvas.classList.remove("fit");
        svg.setAttribute("width", Math.round(width));
        svg.setAttribute("height", Math.round((width * natural.height) / natural.width));
    }

    /** Where a diagram is larger than its window, the table that most others reference comes first. */
    function showMostReferenced() {
        const canvas = byId("canvas");
        const counts = new Map();
        for (const link of links) {
            counts.set(link.dataset.to, (counts.get(link.dataset.to) ?? 0) + 1);
        }
        const [most] = Array.from(counts).sort((a, b) => b[1] - a[1]);
        if (canvas !== null && most !== undefined) {
            const window = canvas.getBoundingClientRect();
            const box = boxes.get(most[0]).getBoundingClientRect();
            canvas.scrollLeft = box.left + box.width / 2 - window.left - window.width / 2;
            canvas.scrollTop = box.top + box.height / 2 - window.top - window.height / 2;
        }
    }

    function changeTheme() {
        const root = document.documentElement;
        const dark = root.dataset.theme
            ? root.dataset.theme === "dark"
            : window.matchMedia("(prefers-color-scheme: dark)").matches;
        root.dataset.theme = dark ? "light" : "dark";
    }

    /** A table that the filter hides is shown again when a link leads to it. */
    function reveal() {
        const target = byId(decodeURIComponent(window.location.hash.slice(1)));
        if (target !== null && target.hidden) {
            byId("filter").value = "";
            filter("");
            target.scrollIntoView();
        }
    }

    byId("filter").addEventListener("input", (event) => filter(event.target.value));
    byId("smaller").addEventListener("click", () => zoom(0.8));
    byId("larger").addEventListener("click", () => zoom(1.25));
    byId("theme").addEventListener("click", changeTheme);
    window.addEventListener("hashchange", reveal);
    showMostReferenced();
    for (const [id, box] of boxes) {
        for (const event of ["pointerenter", "focus"]) {
            box.addEventListener(event, () => light(id, true));
        }
        for (const event of ["pointerleave", "blur"]) {
            box.addEventListener(event, () => light(id, false));
        }
    }
})();
