/**
 * Equirectangular projection, true to scale along the middle of the network:
 * distances look right where the dealers are, and the world stays a rectangle.
 * One unit is one degree of latitude; y grows southwards as on the screen.
 */
export function makeProjection(latitudes) {
    const middle = latitudes.length ? (Math.min(...latitudes) + Math.max(...latitudes)) / 2 : 40;
    const stretch = Math.max(Math.cos((middle * Math.PI) / 180), 0.3);
    return ([longitude, latitude]) => [longitude * stretch, -latitude];
}

/** Return the SVG path of rings of [longitude, latitude]. */
export function ringsToPath(rings, project) {
    return rings
        .map((ring) => {
            const points = ring.map((point) => project(point).map((value) => value.toFixed(3)));
            return `M${points.map((point) => point.join(",")).join("L")}Z`;
        })
        .join("");
}

/**
 * Return the view {x, y, k} (screen = world * k + shift) that shows the points.
 *
 * @param {[number, number][]} points in world units
 * @param {{width: number, height: number}} size of the screen in pixels
 * @param {number} [least] extent in degrees below which the view does not zoom in
 */
export function fitView(points, { width, height }, least = 4) {
    const bounds = points.length ? extent(points) : [-180, -85, 180, 60];
    const [left, top, right, bottom] = bounds;
    const spanX = Math.max(right - left, least);
    const spanY = Math.max(bottom - top, least);
    const k = Math.min(width / (spanX * 1.3), height / (spanY * 1.3));
    return {
        k,
        x: width / 2 - ((left + right) / 2) * k,
        y: height / 2 - ((top + bottom) / 2) * k,
    };
}

function extent(points) {
    const xs = points.map(([x]) => x);
    const ys = points.map(([, y]) => y);
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** Return the view zoomed by a factor about a point of the screen. */
export function zoomView({ x, y, k }, factor, [atX, atY], [least, most] = [1, 2000]) {
    const zoomed = Math.min(Math.max(k * factor, least), most);
    const ratio = zoomed / k;
    return { k: zoomed, x: atX - (atX - x) * ratio, y: atY - (atY - y) * ratio };
}
