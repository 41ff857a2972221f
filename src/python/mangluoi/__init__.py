"""mangluoi: the network behind Vietnamese political and administrative news.

    >>> import mangluoi
    >>> network = mangluoi.Network.from_articles(["Sáng 17-8, Chủ tịch UBND tỉnh Nam Định Phạm Đình Nghị chủ trì hội nghị."])
    >>> [row["who"]["label"] for row in network.query("?who chaired ?event")]
    ['Phạm Đình Nghị']
"""

from ._extract import ArticleLike, Extractor, Tables, extract, extract_arrow
from ._library import MangluoiError
from ._library import load as _load
from ._network import Network, RecordLike

__all__ = ["ArticleLike", "Extractor", "MangluoiError", "Network", "RecordLike", "Tables", "extract", "extract_arrow"]
__version__ = _load().ml_version().decode()
