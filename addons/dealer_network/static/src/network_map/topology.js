/**
 * Reads TopoJSON (https://github.com/topojson/topojson-specification) without a library:
 * only what country outlines need, which are quantised polygons.
 */

/** Return the arcs of a topology as lists of [longitude, latitude]. */
export function decodeArcs({ arcs, transform }) {
    const [scaleX, scaleY] = transform.scale;
    const [shiftX, shiftY] = transform.translate;
    return arcs.map((arc) => {
        let x = 0;
        let y = 0;
        return arc.map(([dx, dy]) => {
            x += dx;
            y += dy;
            return [x * scaleX + shiftX, y * scaleY + shiftY];
        });
    });
}

/** Return every ring of the polygons of an object, as lists of [longitude, latitude]. */
export function readRings(topology, name) {
    const arcs = decodeArcs(topology);
    const rings = [];
    for (const geometry of topology.objects[name].geometries) {
        const polygons = geometry.type === "Polygon" ? [geometry.arcs] : geometry.arcs || [];
        for (const polygon of polygons) {
            rings.push(...polygon.map((indexes) => joinArcs(arcs, indexes)));
        }
    }
    return rings;
}

/** A negative index means the arc ~index, read backwards; ends of arcs coincide. */
function joinArcs(arcs, indexes) {
    const ring = [];
    for (const index of indexes) {
        const arc = index < 0 ? [...arcs[~index]].reverse() : arcs[index];
        ring.push(...(ring.length ? arc.slice(1) : arc));
    }
    return ring;
}
